using System.Collections.Generic;
using Chain.Primitives.Bytes;

namespace Chain.Node.Mempool;

/// <summary>Of each sender the lanes in which something waits. Used under the pool's lock.</summary>
internal sealed class PoolSenders
{
    /// <summary>One bit for each lane.</summary>
    private readonly Dictionary<Address, ushort> _lanes = [];

    public bool Contains(in Address sender) => _lanes.ContainsKey(sender);

    public IEnumerable<LaneKey> LanesOf(Address sender)
    {
        int lanes = _lanes.GetValueOrDefault(sender);
        for (byte number = 0; lanes >> number != 0; number++)
        {
            if ((lanes >> number & 1) != 0) yield return new LaneKey(sender, number);
        }
    }

    public void Add(LaneKey lane) => _lanes[lane.Sender] = (ushort)(_lanes.GetValueOrDefault(lane.Sender) | (1 << lane.Lane));

    public void Remove(LaneKey lane)
    {
        ushort left = (ushort)(_lanes[lane.Sender] & ~(1 << lane.Lane));
        if (left == 0) _lanes.Remove(lane.Sender);
        else _lanes[lane.Sender] = left;
    }
}
