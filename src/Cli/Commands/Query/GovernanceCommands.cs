using System.CommandLine;
using Chain.Cli.Queries;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;

namespace Chain.Cli.Commands.Query;

/// <summary>What <c>chain query</c> shows of governance.</summary>
internal static class GovernanceCommands
{
    public static VerbCommand Proposal(VerbRunner run)
    {
        Argument<ulong> id = new("id") { Description = "The proposal's number." };
        return new VerbCommand("proposal", "Show a proposal: what it would change, where it stands, and how it was voted on.")
        {
            Arguments = { id },
            Examples = ["chain query proposal 1 --prove"],
        }.Reads<Proposal>(run,
            context => $"proposal {context.Parse.GetValue(id)}",
            context => (reader, options, cancel) => reader.ProposalAsync(context.Parse.GetValue(id), options, cancel),
            (_, found) => GovernanceFacts.Of(found));
    }

    public static VerbCommand Gates(VerbRunner run) =>
        new VerbCommand("gates", "Show which kinds of messages are closed, for whom, and until when.").Reads<KindGates>(run,
            _ => "gates",
            _ => (reader, options, cancel) => reader.GatesAsync(options, cancel),
            (_, found) => GovernanceFacts.Of(found));

    public static VerbCommand Upgrade(VerbRunner run) =>
        new VerbCommand("upgrade", "Show the upgrade that is planned.").Reads<UpgradePlan>(run,
            _ => "planned upgrade",
            _ => (reader, options, cancel) => reader.UpgradeAsync(options, cancel),
            (_, found) => GovernanceFacts.Of(found));
}
