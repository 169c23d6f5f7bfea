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
    /// Moves the clock ahead so that it shows, or showed, a time when the machine's own clock stood at <paramref name="systemMs"/>
    /// (Unix milliseconds), in one step, and waits for a block of that time. The nodes of a network are moved together and by
    /// this: however late each of them hears of it, their clocks agree afterwards, and proposals of clocks that differ are nobody's.
    /// </summary>
    Task<Timestamp> AdvanceToAsync(Timestamp time, long systemMs, CancellationToken cancellation);
}
