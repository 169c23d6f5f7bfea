using System.CommandLine;
using Chain.Cli.Queries;

namespace Chain.Cli.Commands.Query;

/// <summary>The lists of <c>chain query</c>.</summary>
internal static class ListCommands
{
    public static VerbCommand Providers(VerbRunner run) =>
        new VerbCommand("providers", "List providers.") { Examples = ["chain query providers --region DE"] }.Lists(run,
            "providers",
            _ => "/market/providers",
            [Filter("--region", "Only those in this region."),
                Filter("--status", "Only those in this status, for example active.")],
            [
                new("address", "address"), new("status", "status"), new("region", "region"),
                new("stake", "stake.bonded", ListFormat.Amount), new("locked", "stake.locked", ListFormat.Amount),
                new("leases", "live_leases"),
            ]);

    public static VerbCommand Offers(VerbRunner run) =>
        new VerbCommand("offers", "List posted prices.") { Examples = ["chain query offers --resource gpu"] }.Lists(run, "offers",
            _ => "/market/offers",
            [Filter("--resource", "Only those of this class, for example gpu."),
                Filter("--provider", "Only those of this provider's address.")],
            [
                new("id", "id"), new("provider", "provider"), new("resource", "terms.resource"), new("units", "terms.units"),
                new("ncredit/s", "terms.rate_per_second"), new("min term", "terms.min_term_seconds"),
                new("notice", "terms.notice_seconds"),
            ]);

    public static VerbCommand Orders(VerbRunner run) =>
        new VerbCommand("orders", "List orders.") { Examples = ["chain query orders --state open"] }.Lists(run, "orders",
            _ => "/market/orders",
            [Filter("--state", "Only those in this state, for example open."),
                Filter("--tenant", "Only those of this address.")],
            [
                new("id", "id"), new("state", "state"), new("tenant", "tenant"), new("resource", "terms.resource"),
                new("units", "terms.units"),
                new("max ncredit/s", "terms.rate_max"), new("bids", "bids", ListFormat.Count),
                new("escrow", "escrow", ListFormat.Amount),
            ]);

    public static VerbCommand Bids(VerbRunner run)
    {
        Argument<ulong?> order = new("order")
        {
            Description = "The order's number; all bids without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new VerbCommand("bids", "List the bids on an order.")
        {
            Arguments = { order },
            Examples = ["chain query bids 1"],
        }.Lists(run, "bids",
            context => context.Parse.GetValue(order) is { } id ? $"/market/bids/{id}" : "/market/bids",
            [Filter("--state", "Only those in this state, for example open.")],
            [
                new("order", "order_id"), new("provider", "provider"), new("state", "state"),
                new("ncredit/s", "rate_per_second"),
                new("deposit", "deposit", ListFormat.Amount), new("collateral", "collateral", ListFormat.Amount),
            ]);
    }

    public static VerbCommand Leases(VerbRunner run) =>
        new VerbCommand("leases", "List leases.") { Examples = ["chain query leases --state active"] }.Lists(run, "leases",
            _ => "/market/leases",
            [
                Filter("--state", "Only those in this state, for example active."),
                Filter("--tenant", "Only those of this tenant's address."),
                Filter("--provider", "Only those of this provider's address."),
                Filter("--order", "Only those of this order."),
            ],
            [
                new("id", "id"), new("order", "order_id"), new("state", "state"), new("tenant", "tenant"),
                new("provider", "provider"),
                new("ncredit/s", "terms.rate_per_second"), new("bucket", "bucket", ListFormat.Amount),
                new("claimable", "claimable", ListFormat.Amount),
            ]);

    public static VerbCommand Grants(VerbRunner run)
    {
        Argument<string> granter = new("granter") { Description = "Who lets others act: an address, or the name of a key." };
        return new VerbCommand("grants", "List what an account lets others do.")
        {
            Arguments = { granter },
            Examples = ["chain query grants alice"],
        }.Lists(run, "grants",
            context => $"/market/grants/{context.AddressOf(context.Parse.GetRequiredValue(granter))}",
            [Filter("--grantee", "Only the one to this address.")],
            [
                new("grantee", "grantee"), new("kinds", "kinds"), new("target", "target"),
                new("cap", "cap", ListFormat.Amount), new("left", "left", ListFormat.Amount), new("pays fees", "pays_fees"),
                new("expires", "expires_at"),
            ]);
    }

    private static Option<string?> Filter(string name, string description) =>
        new(name) { Description = description, HelpName = "VALUE" };
}
