using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Objects;

namespace Chain.Node.Queries.Json;

/// <summary>Fields of proposals, flags, breakers and upgrades.</summary>
internal static class GovernanceJson
{
    public static void Proposal(Utf8JsonWriter writer, Proposal proposal)
    {
        writer.UInt64("id", proposal.Id);
        writer.Address("proposer", proposal.Proposer);
        writer.WriteStartObject("content");
        writer.Enum("kind", proposal.Content.Kind);
        Content(writer, proposal.Content);
        writer.WriteEndObject();
        writer.Hash("disclosure", proposal.Disclosure);
        writer.Enum("state", proposal.State);
        writer.Time("opened_at", proposal.OpenedAt);
        writer.Time("due", proposal.Due);
        writer.UInt64("locks", proposal.Locks);
        writer.UInt64("deposited", proposal.Deposited);
        writer.WriteStartArray("opinions");
        foreach (PanelOpinion opinion in proposal.Opinions)
        {
            writer.WriteStartObject();
            writer.Address("member", opinion.Member);
            writer.Enum("choice", opinion.Choice);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("delayers");
        foreach (Address delayer in proposal.Delayers) writer.WriteStringValue(delayer.ToString());
        writer.WriteEndArray();
        writer.WriteStartObject("tally");
        writer.UInt64("yes", proposal.Tally.Yes);
        writer.UInt64("no", proposal.Tally.No);
        writer.UInt64("abstain", proposal.Tally.Abstain);
        writer.UInt64("total", proposal.Tally.Total);
        writer.WriteEndObject();
        writer.WriteNumber("failure", (uint)proposal.Failure);
    }

    public static void Gates(Utf8JsonWriter writer, KindGates gates)
    {
        writer.WriteStartArray("flags");
        foreach (KindFlag flag in gates.Flags)
        {
            writer.WriteStartObject();
            Flag(writer, flag);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("breakers");
        foreach (Breaker breaker in gates.Breakers)
        {
            writer.WriteStartObject();
            writer.Enum("kind", breaker.Kind);
            writer.Time("until", breaker.Until);
            writer.Time("rest_until", breaker.RestUntil);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Upgrade(Utf8JsonWriter writer, UpgradePlan plan)
    {
        writer.UInt64("planned_version", plan.Version);
        writer.Hash("program", plan.Program);
        writer.Time("at", plan.At);
    }

    private static void Content(Utf8JsonWriter writer, ProposalContent content)
    {
        switch (content)
        {
            case ParameterChanges parameters:
                writer.WriteStartObject("parameters");
                foreach (ParameterValue change in parameters.Changes)
                {
                    writer.UInt64(ParameterTable.Of(change.Id).Name, change.Value);
                }
                writer.WriteEndObject();
                break;
            case FlagChange flag:
                writer.WriteStartObject("flag");
                Flag(writer, flag.Flag);
                writer.WriteEndObject();
                break;
            case UpgradeChange upgrade:
                writer.UInt64("version", upgrade.Version);
                writer.Hash("program", upgrade.Program);
                writer.Time("at", upgrade.At);
                break;
            case TreasurySpend spend:
                writer.Address("to", spend.To);
                writer.UInt64("amount", spend.Amount);
                break;
            case AccreditationChange accreditation:
                writer.Address("address", accreditation.Address);
                writer.WriteString("scope", ScopeNames.Of(accreditation.Scope));
                writer.Time("expires", accreditation.Expires);
                break;
            default:
                break;
        }
    }

    private static void Flag(Utf8JsonWriter writer, KindFlag flag)
    {
        writer.Enum("kind", flag.Kind);
        writer.Enum("mode", flag.Mode);
        writer.WriteStartArray("allowed");
        foreach (Address address in flag.Allowed) writer.WriteStringValue(address.ToString());
        writer.WriteEndArray();
    }
}
