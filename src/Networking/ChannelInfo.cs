namespace Chain.Networking;

/// <summary>A channel of one connection at a glance. Bytes are those of frames with headers, before encryption.</summary>
/// <param name="Dropped">Messages that were refused because the send queue was full.</param>
/// <param name="SendQueuedMessages">Messages waiting to be sent.</param>
/// <param name="ReceiveHeldBytes">Cost of what came and was not handled yet; never above the channel's window.</param>
public readonly record struct ChannelInfo(
    Channel Channel,
    long SentBytes,
    long SentMessages,
    long ReceivedBytes,
    long ReceivedMessages,
    long Dropped,
    int SendQueuedMessages,
    long SendQueuedBytes,
    long ReceiveHeldBytes);
