using System;
using Chain.Networking.Tls;
using Chain.Primitives.Bytes;
using Microsoft.Extensions.Logging;

namespace Chain.Networking.Connections;

/// <summary>What all parts of one network share.</summary>
internal sealed record NetworkContext(
    PeerNetworkOptions Options,
    Address Id,
    IAdmission Admission,
    IPeerHandler Handler,
    TlsSettings Tls,
    ScoreBook Scores,
    PeerTable Table,
    CounterSet Counters,
    TimeProvider Time,
    ILogger Log)
{
    /// <summary>Whether this key may be connected in this direction.</summary>
    public bool MayConnect(in Address id, PeerDirection direction) =>
        Admission.IsAdmitted(id) || (direction == PeerDirection.Outbound && Admission.IsNamedByOperator(id));
}
