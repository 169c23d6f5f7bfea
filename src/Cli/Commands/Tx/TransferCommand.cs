using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx transfer</c>.</summary>
internal static class TransferCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> to = new("to") { Description = "Who gets it: an address, or the name of a key in your wallet." };
        Argument<ulong> amount = Values.AmountArgument("amount", "How much.");
        TxOptions options = new();
        VerbCommand command = new("transfer", "Send credits to somebody.")
        {
            Arguments = { to, amount },
            Examples = ["chain tx transfer bob 12.5 --from alice --wait",
                "chain tx transfer chain1… 5000ncredit --from alice"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            Transfer message = new(
                context.AddressOf(context.Parse.GetRequiredValue(to)), context.Parse.GetRequiredValue(amount), default);
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }
}
