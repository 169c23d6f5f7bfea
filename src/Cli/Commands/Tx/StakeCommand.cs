using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions.Stake;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx stake</c>.</summary>
internal static class StakeCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<StakeAction> action = Values.ChoiceArgument<StakeAction>("action",
            "bond puts more in, unbond starts the way out, claim collects what has come out.");
        Argument<ulong> amount = Values.AmountArgument("amount", "How much; leave it out for claim.");
        amount.Arity = ArgumentArity.ZeroOrOne;
        Option<Role> role = Values.ChoiceOption<Role>("--role", "Which role's stake.", Role.Provider);
        TxOptions options = new();
        VerbCommand command = new("stake", "Change the credits that stand behind a role of yours.")
        {
            Arguments = { action, amount },
            Options = { role },
            Examples = ["chain tx stake bond 50 --from bob --wait", "chain tx stake claim --from bob"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            Stake message = new(
                context.Parse.GetValue(role), context.Parse.GetRequiredValue(action), context.Parse.GetValue(amount));
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }
}
