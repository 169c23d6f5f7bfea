using System.Text.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Registry;

namespace Chain.Node.Queries.Json;

/// <summary>Fields of seats, requests and open proposals. Consensus addresses print as CometBFT's. An expiry that never comes is "never".</summary>
internal static class AdmissionJson
{
    public static void Seat(Utf8JsonWriter writer, Seat seat)
    {
        writer.Address("provider", seat.Provider);
        writer.WriteString("consensus_address", seat.ConsensusAddress.ToHex());
        writer.WriteString("consensus_key", Hex.Lower(seat.ConsensusKey.Span));
        writer.WriteString("node_key", Hex.Lower(seat.NodeKey.Span));
        Expiry(writer, seat.Expires);
    }

    public static void SeatRequest(Utf8JsonWriter writer, SeatRequest request)
    {
        writer.WriteString("consensus_key", Hex.Lower(request.ConsensusKey.Span));
        writer.WriteString("node_key", Hex.Lower(request.NodeKey.Span));
        writer.Time("due", request.Due);
    }

    public static void AccessRequest(Utf8JsonWriter writer, AccessRequest request)
    {
        writer.Address("sender", request.Sender);
        writer.Time("due", request.Due);
    }

    /// <summary>Fields that the subject does not have are empty.</summary>
    public static void Admission(Utf8JsonWriter writer, OpenAdmission admission)
    {
        Admit proposal = admission.Proposal;
        writer.Hash("id", proposal.Id);
        writer.Enum("subject", proposal.Subject);
        writer.WriteString("action", proposal.IsGrant ? "grant" : "revoke");
        bool isAccess = proposal.Subject == AdmitSubject.Access;
        writer.WriteString("address", isAccess ? "" : proposal.Address.ToString());
        writer.WriteString("node_key", isAccess ? Hex.Lower(proposal.NodeKey.Span) : "");
        bool hasScope = proposal.Subject == AdmitSubject.Accreditation;
        writer.WriteString("scope", hasScope ? ScopeNames.Of(proposal.Scope) : "");
        Expiry(writer, proposal.Expires);
        writer.Address("opener", admission.Opener);
        writer.Time("due", admission.Due);
        writer.WriteStartArray("voters");
        foreach (Address voter in admission.Voters) writer.WriteStringValue(voter.ToString());
        writer.WriteEndArray();
    }

    public static void Jail(Utf8JsonWriter writer, Jail jail)
    {
        writer.Time("until", jail.Until);
        writer.WriteBoolean("in_probation", jail.InProbation);
        if (jail.Seat is { } seat)
        {
            writer.WriteStartObject("seat");
            Seat(writer, seat);
            writer.WriteEndObject();
        }
        else writer.WriteNull("seat");
    }

    public static void Expiry(Utf8JsonWriter writer, MarketTime expires)
    {
        if (expires == MarketTime.Never) writer.WriteString("expires", "never");
        else writer.Time("expires", expires);
    }
}
