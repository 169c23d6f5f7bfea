using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.StateMachine.Market.Settlement;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx deposit</c>.</summary>
internal static class DepositCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<DepositTarget> target = Values.ChoiceArgument<DepositTarget>("target", "What you pay into.");
        Argument<ulong> id = new("id") { Description = "The number of the order or lease." };
        Argument<ulong> amount = Values.AmountArgument("amount", "How much.");
        TxOptions options = new();
        VerbCommand command = new("deposit", "Pay into a lease, so that it runs longer, or into an order. Anyone may.")
        {
            Details = "A lease whose credits ran out waits for a while; a deposit lets it run on, and the time between is not charged.\n"
                + "What is not used up goes to the tenant, even when somebody else paid it.",
            Arguments = { target, id, amount },
            Examples = ["chain tx deposit lease 1 2.5 --from alice --wait", "chain tx deposit order 3 1 --from alice"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new Deposit(context.Parse.GetValue(target), context.Parse.GetValue(id), context.Parse.GetValue(amount)), cancel));
    }
}
