using System.Collections.Frozen;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;

namespace Chain.Node.Peers;

/// <summary>
/// Who may connect: validators and granted keys of the newest state, those of the genesis, and the operator's break-glass list.
/// The genesis never leaves, so that a node which is far behind still finds somebody. Safe for many threads.
/// </summary>
public sealed class NodeAdmission : IAdmission
{
    private readonly FrozenSet<Address> _always;
    private readonly FrozenSet<Address> _named;
    private volatile FrozenSet<Address> _granted = FrozenSet<Address>.Empty;
    private volatile FrozenSet<Address> _seated = FrozenSet<Address>.Empty;

    /// <param name="peers">Whom the operator told us to dial.</param>
    /// <param name="breakGlass">Whom the operator lets in whatever the chain says.</param>
    public NodeAdmission(GenesisDocument genesis, IEnumerable<Address> peers, IEnumerable<Address> breakGlass)
    {
        HashSet<Address> always = [.. breakGlass];
        foreach (GenesisSeat seat in genesis.Seats) always.Add(seat.NodeKey.Address);
        _always = always.ToFrozenSet();
        _named = peers.ToFrozenSet();
    }

    public bool IsAdmitted(in Address nodeId) => _always.Contains(nodeId) || _granted.Contains(nodeId);

    public bool HasPlace(in Address nodeId) =>
        _always.Contains(nodeId) || _seated.Contains(nodeId) || _named.Contains(nodeId);

    public bool IsNamedByOperator(in Address nodeId) => _named.Contains(nodeId);

    /// <summary>Reads the grants again; true when they changed.</summary>
    public bool Refresh(IStateReader state, ChainTip tip)
    {
        HashSet<Address> granted = [];
        AdmittedPeers admitted = AdmittedPeers.Load(state, tip.Height, tip.Time);
        foreach (PublicKey key in admitted.NodeKeys) granted.Add(key.Address);
        HashSet<Address> seated = [];
        foreach (PublicKey key in admitted.Validators.Values) seated.Add(key.Address);
        if (!seated.SetEquals(_seated)) _seated = seated.ToFrozenSet();
        if (granted.SetEquals(_granted)) return false;
        _granted = granted.ToFrozenSet();
        return true;
    }
}
