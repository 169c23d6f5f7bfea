using System.Threading;

namespace Chain.Node.Rpc.Server;

/// <summary>Counts the WebSocket clients that hold subscriptions, over the whole server.</summary>
internal sealed class SubscriptionClients(int countMax)
{
    private int _count;

    public int CountMax => countMax;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= countMax) return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}
