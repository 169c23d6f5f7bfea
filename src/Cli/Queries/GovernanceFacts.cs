using System.Linq;
using Chain.Cli.Terminal;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Queries;

/// <summary>Objects of governance as named values, under the names that the node's typed queries use.</summary>
internal static class GovernanceFacts
{
    public static Facts Of(Proposal proposal) => new Facts()
        .Number("id", proposal.Id)
        .Address("proposer", proposal.Proposer)
        .Group("content", Of(proposal.Content))
        .Hash("disclosure", proposal.Disclosure)
        .Choice("state", proposal.State)
        .Time("opened_at", proposal.OpenedAt)
        .Time("due", proposal.Due)
        .Number("locks", proposal.Locks)
        .Amount("deposited", proposal.Deposited)
        .List("opinions", proposal.Opinions.Select(o => new Facts().Address("member", o.Member).Choice("choice", o.Choice)))
        .Words("delayers", proposal.Delayers.Select(d => d.ToString()))
        .Group("tally", new Facts().Number("yes", proposal.Tally.Yes).Number("no", proposal.Tally.No)
            .Number("abstain", proposal.Tally.Abstain).Number("total", proposal.Tally.Total))
        .Add("failure", (uint)proposal.Failure, proposal.Failure.ToString());

    public static Facts Of(ProposalContent content)
    {
        Facts facts = new Facts().Choice("kind", content.Kind);
        return content switch
        {
            ParameterChanges c => facts.Group("parameters", Of(c)),
            FlagChange c => facts.Group("flag", Of(c.Flag)),
            UpgradeChange c => facts.Number("version", c.Version).Hash("program", c.Program).Time("at", c.At),
            TreasurySpend c => facts.Address("to", c.To).Amount("amount", c.Amount),
            AccreditationChange c => facts.Address("address", c.Address).Text("scope", ScopeNames.Of(c.Scope))
                .Time("expires", c.Expires),
            _ => facts,
        };
    }

    public static Facts Of(KindGates gates) => new Facts()
        .List("flags", gates.Flags.Select(Of))
        .List("breakers", gates.Breakers.Select(b => new Facts()
            .Choice("kind", b.Kind).Time("until", b.Until).Time("rest_until", b.RestUntil)));

    public static Facts Of(UpgradePlan plan) => new Facts()
        .Number("planned_version", plan.Version)
        .Hash("program", plan.Program)
        .Time("at", plan.At);

    private static Facts Of(ParameterChanges changes)
    {
        Facts facts = new(isExact: true);
        foreach (ParameterValue change in changes.Changes) facts.Number(ParameterTable.Of(change.Id).Name, change.Value);
        return facts;
    }

    private static Facts Of(KindFlag flag) => new Facts()
        .Choice("kind", flag.Kind)
        .Choice("mode", flag.Mode)
        .Words("allowed", flag.Allowed.Select(a => a.ToString()));
}
