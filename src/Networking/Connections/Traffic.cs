using System.Threading;

namespace Chain.Networking.Connections;

/// <summary>Bytes and messages by channel (0 is control), for one connection and, through it, for the whole network.</summary>
internal sealed class Traffic
{
    private readonly Traffic? _sum;
    private readonly long[] _sentBytes = new long[NetworkLimits.ChannelMax + 1];
    private readonly long[] _sentMessages = new long[NetworkLimits.ChannelMax + 1];
    private readonly long[] _receivedBytes = new long[NetworkLimits.ChannelMax + 1];
    private readonly long[] _receivedMessages = new long[NetworkLimits.ChannelMax + 1];

    public Traffic(Traffic? sum) => _sum = sum;

    public long SentBytes(int channel) => Interlocked.Read(ref _sentBytes[channel]);

    public long SentMessages(int channel) => Interlocked.Read(ref _sentMessages[channel]);

    public long ReceivedBytes(int channel) => Interlocked.Read(ref _receivedBytes[channel]);

    public long ReceivedMessages(int channel) => Interlocked.Read(ref _receivedMessages[channel]);

    public void Sent(int channel, int frameBytes, bool isLast)
    {
        Interlocked.Add(ref _sentBytes[channel], frameBytes);
        if (isLast) Interlocked.Increment(ref _sentMessages[channel]);
        _sum?.Sent(channel, frameBytes, isLast);
    }

    public void Received(int channel, int frameBytes, bool isLast)
    {
        Interlocked.Add(ref _receivedBytes[channel], frameBytes);
        if (isLast) Interlocked.Increment(ref _receivedMessages[channel]);
        _sum?.Received(channel, frameBytes, isLast);
    }
}
