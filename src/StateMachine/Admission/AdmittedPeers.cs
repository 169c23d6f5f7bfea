using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Admission;

/// <summary>
/// Who may connect after block H: the nodes behind the validator sets of H, H+1 and H+2, and those with an access. Reads the
/// seats, the past seats and the accesses, and nothing else. Immutable.
/// </summary>
public sealed class AdmittedPeers
{
    private readonly SortedDictionary<Address, PublicKey> _nodeKeys;
    private readonly SortedSet<PublicKey> _keys;

    private AdmittedPeers(SortedDictionary<Address, PublicKey> nodeKeys, List<PublicKey> accesses)
    {
        _nodeKeys = nodeKeys;
        Accesses = accesses;
        _keys = new SortedSet<PublicKey>(
            [.. nodeKeys.Values, .. accesses],
            Comparer<PublicKey>.Create((left, right) => left.Span.SequenceCompareTo(right.Span)));
    }

    /// <summary>Node key of each validator by consensus address, ascending.</summary>
    public IReadOnlyDictionary<Address, PublicKey> Validators => _nodeKeys;

    /// <summary>Node keys that were granted access, ascending; validators may stand here as well.</summary>
    public IReadOnlyList<PublicKey> Accesses { get; }

    /// <summary>Every node key that may connect, ascending, each once.</summary>
    public IReadOnlyCollection<PublicKey> NodeKeys => _keys;

    public bool Admits(in PublicKey nodeKey) => _keys.Contains(nodeKey);

    /// <summary>The node key of a validator, or null for a stranger.</summary>
    public PublicKey? NodeKeyOf(in Address consensusAddress) =>
        _nodeKeys.TryGetValue(consensusAddress, out PublicKey key) ? key : null;

    /// <param name="state">The state after block <paramref name="height"/>.</param>
    /// <param name="height">The newest decided height, H.</param>
    /// <param name="headerTime">Time of its header: accesses expire by the market time that follows from it.</param>
    public static AdmittedPeers Load(IStateReader state, Height height, Timestamp headerTime)
    {
        SortedDictionary<Address, PublicKey> nodeKeys = [];
        foreach ((Address address, PastSeat past) in PastSeats.All(state))
        {
            // A seat that ended in block h was still in the set of h + 1.
            if (past.EndedAt.Value + 1 >= height.Value) nodeKeys[address] = past.NodeKey;
        }
        foreach (Seat seat in Seats.All(state)) nodeKeys[seat.ConsensusAddress] = seat.NodeKey;
        List<PublicKey> accesses = [];
        foreach ((PublicKey key, _) in Registry.Accesses.All(state, MarketClock.At(state, headerTime))) accesses.Add(key);
        return new AdmittedPeers(nodeKeys, accesses);
    }
}
