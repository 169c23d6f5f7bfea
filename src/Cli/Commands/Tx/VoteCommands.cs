using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx vote</c>: ballots, opinions, and what guardians may do.</summary>
internal static class VoteCommands
{
    public static VerbCommand Create(VerbRunner run) => new("vote", "Decide about proposals, or stop a kind of message for a while.")
    {
        Details = "Providers with a validator seat cast ballots, members of the panel give opinions before, guardians may put an\n"
            + "accepted proposal off once, and stop kinds of messages for a short time. More than half of the guardians must agree.",
        Subcommands =
        {
            Cast(run, "ballot", "As a validator, vote on a proposal.", VoteAction.Ballot),
            Cast(run, "opinion", "As a member of the panel, say what you think of a proposal.", VoteAction.Opinion),
            Delay(run), Breaker(run),
        },
    };

    private static VerbCommand Cast(VerbRunner run, string name, string summary, VoteAction action)
    {
        Argument<ulong> id = new("proposal") { Description = "The proposal's number." };
        Argument<VoteChoice> choice = Values.ChoiceArgument<VoteChoice>("choice", "What you want.");
        TxOptions options = new();
        VerbCommand command = new(name, summary)
        {
            Arguments = { id, choice },
            Examples = [$"chain tx vote {name} 1 yes --from operator --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options,
            new CastVote(action, context.Parse.GetValue(id), context.Parse.GetRequiredValue(choice)), cancel));
    }

    private static VerbCommand Delay(VerbRunner run)
    {
        Argument<ulong> id = new("proposal") { Description = "The proposal's number." };
        TxOptions options = new();
        VerbCommand command = new("delay", "As a guardian, put an accepted proposal off.")
        {
            Arguments = { id },
            Examples = ["chain tx vote delay 1 --from carol --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options,
            new CastVote(VoteAction.Delay, context.Parse.GetValue(id), VoteChoice.Yes), cancel));
    }

    private static VerbCommand Breaker(VerbRunner run)
    {
        Argument<ulong> seconds = Values.SecondsArgument("for", "For how long, from when enough guardians have asked.");
        Argument<string> kinds = new("kinds")
        {
            Description = $"Which kinds, with commas between: {KindList.AllOf(KindGates.IsSwitchable)}. Exits cannot be stopped.",
        };
        kinds.Checked(text => KindList.Read(text, KindGates.IsSwitchable));
        TxOptions options = new();
        VerbCommand command = new("breaker", "As a guardian, ask to stop kinds of messages for a while.")
        {
            Arguments = { seconds, kinds },
            Examples = ["chain tx vote breaker 10m order,bid --from carol --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options,
            new AskBreaker(
                KindList.Read(context.Parse.GetRequiredValue(kinds), KindGates.IsSwitchable), context.Parse.GetValue(seconds)), cancel));
    }
}
