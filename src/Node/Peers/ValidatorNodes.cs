using System.Collections.Frozen;
using System.Collections.Generic;
using Chain.Node.Core;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Store;

namespace Chain.Node.Peers;

/// <summary>
/// The nodes behind the validators of the newest height and of the two after it. Follows the chain on the replica's thread; read
/// on any.
/// </summary>
public sealed class ValidatorNodes(IStateReader state)
{
    /// <summary>Power in the set that decides the next height, 0 for who is in another, by node id.</summary>
    private volatile FrozenDictionary<Address, long> _power = FrozenDictionary<Address, long>.Empty;

    private Hash256 _set;

    public bool Contains(in Address nodeId) => _power.ContainsKey(nodeId);

    /// <summary>Power of the validators behind a node.</summary>
    public long PowerOf(in Address nodeId) => _power.GetValueOrDefault(nodeId);

    /// <summary>Reads the seats again when the set has changed.</summary>
    public void Follow(ChainTip tip)
    {
        Hash256 set = tip.Validators.Hash();
        if (set == _set) return;
        Dictionary<Address, long> power = [];
        foreach ((Address validator, PublicKey nodeKey) in AdmittedPeers.Load(state, tip.Height, tip.Time).Validators)
        {
            int index = tip.Validators.IndexOf(validator);
            long own = index < 0 ? 0 : tip.Validators.Validators[index].Power;
            power[nodeKey.Address] = power.GetValueOrDefault(nodeKey.Address) + own;
        }
        (_set, _power) = (set, power.ToFrozenDictionary());
    }
}
