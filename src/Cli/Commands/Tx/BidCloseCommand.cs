using System.CommandLine;
using Chain.Cli.Transactions;
using Chain.StateMachine.Market.Bids;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx bid-close</c>.</summary>
internal static class BidCloseCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<ulong> order = new("order") { Description = "The number of the order that you bid on." };
        TxOptions options = new();
        VerbCommand command = new("bid-close", "As a provider, take back a bid that nobody has taken yet.")
        {
            Details = "Its deposit comes back, and its collateral and units are free again, all at once.",
            Arguments = { order },
            Examples = ["chain tx bid-close 1 --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, new WithdrawBid(context.Parse.GetValue(order)), cancel));
    }
}
