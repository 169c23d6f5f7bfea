using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc;

/// <summary>Moves the clock of a development node. Given to the server only where <c>dev_advance</c> is allowed.</summary>
public interface IDevClock
{
    /// <summary>Moves the node's clock ahead by whole seconds, from 1, and returns the new time.</summary>
    Timestamp Advance(long seconds);
}
