namespace Chain.Node.Peers;

/// <summary>How often one peer may have this node do something dear on the replica's thread: so many times in each second.</summary>
internal sealed class AskBudget(int perSecondMax)
{
    private const long MsPerSecond = 1_000;

    private long _second;
    private int _taken;

    /// <summary>False when it was often enough in this second.</summary>
    public bool TryTake(long nowMs)
    {
        long second = nowMs / MsPerSecond;
        if (second != _second) (_second, _taken) = (second, 0);
        return ++_taken <= perSecondMax;
    }
}
