using Chain.Primitives.Bytes;

namespace Chain.Networking;

/// <summary>
/// Who may connect, judged by node key alone. Asked at each handshake and by <see cref="PeerNetwork.RecheckAdmission"/>, from
/// many threads; must not block.
/// </summary>
public interface IAdmission
{
    /// <summary>True for a key with a seat or grant, of genesis, or on the operator's break-glass list: it may dial us and be dialled.</summary>
    bool IsAdmitted(in Address nodeId);

    /// <summary>True for a key that is admitted by more than a grant of access, which there may be many of: for it a place is kept.</summary>
    bool HasPlace(in Address nodeId);

    /// <summary>True for a key that the operator told us to dial: we may dial it, since blocks prove themselves. It may not dial us for that.</summary>
    bool IsNamedByOperator(in Address nodeId);
}
