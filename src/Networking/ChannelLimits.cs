namespace Chain.Networking;

/// <summary>The bounds of one channel, for each peer and direction.</summary>
/// <param name="MessageBytesMax">Bytes of one message.</param>
/// <param name="SendMessagesMax">Messages waiting to be sent.</param>
/// <param name="SendBytesMax">Bytes waiting to be sent.</param>
/// <param name="WindowBytes">
/// What may be under way or unhandled at the receiver, in cost: frames with their headers, and
/// <see cref="NetworkLimits.MessageCostBytes"/> for each message. The sender waits for credit, so a slow handler holds back its
/// own channel alone. At least twice the largest message, or the returned quarters could leave too little for it.
/// </param>
/// <param name="RatePerSecond">Cost that is handled a second; what comes faster waits, and its credit with it.</param>
/// <param name="RateBurst">Cost that is handled at once after a pause.</param>
/// <param name="RateCost">What each message costs of the rate besides its own cost: what handling it takes, whatever its length.</param>
public readonly record struct ChannelLimits(
    int MessageBytesMax, int SendMessagesMax, int SendBytesMax, int WindowBytes, int RatePerSecond, int RateBurst, int RateCost = 0);
