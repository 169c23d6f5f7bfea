using System.Threading;

namespace Chain.Networking.Connections;

/// <summary>What a network counted since its start.</summary>
internal sealed class CounterSet
{
    private readonly long[] _refused = new long[NetworkCounters.ReasonCount];
    private readonly long[] _ended = new long[NetworkCounters.ReasonCount];
    private long _dials;
    private long _accepted;
    private long _turnedAway;
    private long _connected;
    private long _bans;

    public Traffic Traffic { get; } = new(sum: null);

    public void Dialled() => Interlocked.Increment(ref _dials);

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void TurnedAway() => Interlocked.Increment(ref _turnedAway);

    public void Connected() => Interlocked.Increment(ref _connected);

    public void Banned() => Interlocked.Increment(ref _bans);

    public void Refused(EndReason reason) => Interlocked.Increment(ref _refused[IndexOf(reason)]);

    public void Ended(EndReason reason) => Interlocked.Increment(ref _ended[IndexOf(reason)]);

    public NetworkCounters Read()
    {
        int channels = NetworkLimits.ChannelMax + 1;
        long[] sent = new long[channels];
        long[] received = new long[channels];
        for (int i = 0; i < channels; i++)
        {
            sent[i] = Traffic.SentBytes(i);
            received[i] = Traffic.ReceivedBytes(i);
        }
        return new NetworkCounters(
            Interlocked.Read(ref _dials),
            Interlocked.Read(ref _accepted),
            Interlocked.Read(ref _turnedAway),
            Interlocked.Read(ref _connected),
            Interlocked.Read(ref _bans),
            ReadAll(_refused),
            ReadAll(_ended),
            sent,
            received);
    }

    /// <summary>A peer may name a reason that we do not know.</summary>
    private static int IndexOf(EndReason reason) => (int)reason < NetworkCounters.ReasonCount ? (int)reason : 0;

    private static long[] ReadAll(long[] counts)
    {
        long[] copy = new long[counts.Length];
        for (int i = 0; i < copy.Length; i++) copy[i] = Interlocked.Read(ref counts[i]);
        return copy;
    }
}
