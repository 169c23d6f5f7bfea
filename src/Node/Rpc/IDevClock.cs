using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc;

/// <summary>Moves the clock of a development node. Given to the server only where <c>dev_advance</c> is allowed.</summary>
public interface IDevClock
{
    /// <summary>
    /// Moves the node's clock ahead by whole seconds, from 1, in steps that the market clock counts in full, and returns the
    /// time of the block that reached it.
    /// </summary>
    Task<Timestamp> AdvanceAsync(long seconds, CancellationToken cancellation);

    /// <summary>
    /// Moves the clock ahead to a time, likewise; where it is there already it only waits for the block. The nodes of a network
    /// are moved together and by this: a clock that runs ahead of the others makes proposals that nobody takes.
    /// </summary>
    Task<Timestamp> AdvanceToAsync(Timestamp time, CancellationToken cancellation);
}
