using System.CommandLine;
using Chain.Cli.Transactions;
using Chain.StateMachine.Market.Orders;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx order-close</c>.</summary>
internal static class OrderCloseCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<ulong> order = new("order") { Description = "Your order's number." };
        TxOptions options = new();
        VerbCommand command = new("order-close", "As a tenant, cancel an order of which nothing is leased yet.")
        {
            Details = "Your money comes back. When providers have already bid, they share a small part of your deposit for\n"
                + "having held their machines ready.",
            Arguments = { order },
            Examples = ["chain tx order-close 1 --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, new CancelOrder(context.Parse.GetValue(order)), cancel));
    }
}
