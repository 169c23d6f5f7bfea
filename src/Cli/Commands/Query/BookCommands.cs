using System.CommandLine;
using Chain.Cli.Queries;

namespace Chain.Cli.Commands.Query;

/// <summary>What <c>chain query</c> works out of several records: <c>book|bill|prices</c>.</summary>
internal static class BookCommands
{
    public static VerbCommand Book(VerbRunner run)
    {
        Argument<ulong> order = new("order") { Description = "The order's number." };
        return new VerbCommand("book", "Show the live bids on an order, the best first.")
        {
            Details = "A bid is better by its rate, weighed by its provider's reputation (quality_bps).",
            Arguments = { order },
            Examples = ["chain query book 1"],
        }.Shows(run, context => $"/market/book/{context.Parse.GetValue(order)}");
    }

    public static VerbCommand Bill(VerbRunner run)
    {
        Argument<ulong> lease = new("lease") { Description = "The lease's number." };
        return new VerbCommand("bill", "Show what a lease has cost so far, and where the money went.")
        {
            Details = "What was due is what came back as credits, what went in fees, what the provider earned, and what is pending until\n"
                + "the end of the epoch. 'chain query timeline lease N' shows each epoch.",
            Arguments = { lease },
            Examples = ["chain query bill 1"],
        }.Shows(run, context => $"/market/bill/{context.Parse.GetValue(lease)}");
    }

    public static VerbCommand Prices(VerbRunner run) =>
        new VerbCommand("prices", "Show the market's curve prices, which follow how much of each resource is leased.")
        {
            Examples = ["chain query prices"],
        }.Shows(run, _ => "/market/prices");
}
