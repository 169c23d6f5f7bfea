using System.CommandLine;
using Chain.Cli.Commands.Tx;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Commands.Query;

/// <summary>The lists of <c>chain query</c>.</summary>
internal static class ListCommands
{
    public static VerbCommand Providers(VerbRunner run) =>
        new VerbCommand("providers", "List providers.") { Examples = ["chain query providers --region DE --gpu nvidia/h100/80 --min-gpus 2 --min-reputation 5000"] }.Lists(run,
            "providers",
            _ => "/market/providers",
            [ListFilter.Text("--region", "Only those in this region.", _ => { }),
                ListFilter.Choice<ProviderStatus>("--status", "Only those in this status."),
                ListFilter.Number("--min-cpu", "Only those with so many thousandths of a core free."),
                ListFilter.Size("--min-memory", "Only those with so much memory free.", SizeUnit.Memory),
                ListFilter.Size("--min-storage", "Only those with so much storage free.", SizeUnit.Storage),
                ListFilter.Number("--min-gpus", "Only those with so many cards of one kind free."),
                ListFilter.Text("--gpu", "Only those with such cards, for example nvidia/h100/80.", text => ResourceOptions.ReadGpu(text)),
                ListFilter.Number("--min-reputation", "Only those with this reputation at least, 0 to 10000.", 10_000)],
            [
                new("address", "address"), new("status", "status"), new("region", "region"),
                new("stake credits", "stake.bonded"), new("locked credits", "stake.locked", 2), new("leases", "live_leases", 1),
            ]);

    public static VerbCommand Offers(VerbRunner run) =>
        new VerbCommand("offers", "List posted prices.") { Examples = ["chain query offers --gpu nvidia/any/24 --region DE --max-rate 0.002"] }.Lists(run, "offers",
            _ => "/market/offers",
            [ListFilter.Choice<ResourceClass>("--resource", "Only those of this class."),
                ListFilter.Who("--provider", "Only those of this provider's address."),
                ListFilter.Amount("--max-rate", "Only those that ask for so much a second at most."),
                ListFilter.Text("--gpu", "Only those with such cards, for example nvidia/h100/80.", text => ResourceOptions.ReadGpu(text)),
                ListFilter.Text("--region", "Only those of providers in this region.", _ => { }),
                ListFilter.Number("--min-reputation", "Only those of providers with this reputation at least.", 10_000),
                ListFilter.Who("--tenant", "Only those that this address may take.")],
            [
                new("id", "id"), new("provider", "provider"), new("mcpu", "terms.resources.cpu_milli"),
                new("MiB", "terms.resources.memory_mib"), new("GiB", "terms.resources.storage_gib"),
                new("gpus", "terms.resources.gpus", 4), new("gpu", "terms.resources.gpu", 3),
                new("credits/s", "terms.rate_per_second"), new("curve", "terms.curve_bps", 2),
                new("min term", "terms.min_term_seconds", 1), new("notice", "terms.notice_seconds", 5),
            ]);

    public static VerbCommand Orders(VerbRunner run) =>
        new VerbCommand("orders", "List orders.") { Examples = ["chain query orders --state open"] }.Lists(run, "orders",
            _ => "/market/orders",
            [ListFilter.Choice<OrderState>("--state", "Only those in this state."),
                ListFilter.Who("--tenant", "Only those of this address.")],
            [
                new("id", "id"), new("state", "state"), new("tenant", "tenant"), new("mcpu", "terms.resources.cpu_milli", 2),
                new("MiB", "terms.resources.memory_mib", 3), new("GiB", "terms.resources.storage_gib", 4),
                new("gpus", "terms.resources.gpus", 6), new("gpu", "terms.resources.gpu", 5),
                new("max credits/s", "terms.rate_max"), new("bids", "bids", Format: ListFormat.Count),
                new("escrow credits", "escrow", 1),
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
            [ListFilter.Choice<BidState>("--state", "Only those in this state.")],
            [
                new("order", "order_id"), new("provider", "provider"), new("state", "state"),
                new("credits/s", "rate_per_second"), new("deposit credits", "deposit", 2), new("collateral credits", "collateral", 1),
            ]);
    }

    public static VerbCommand Leases(VerbRunner run) =>
        new VerbCommand("leases", "List leases.") { Examples = ["chain query leases --state active"] }.Lists(run, "leases",
            _ => "/market/leases",
            [
                ListFilter.Choice<LeaseState>("--state", "Only those in this state."),
                ListFilter.Who("--tenant", "Only those of this tenant's address."),
                ListFilter.Who("--provider", "Only those of this provider's address."),
                ListFilter.Number("--order", "Only those of this order."),
            ],
            [
                new("id", "id"), new("order", "order_id", 3), new("state", "state"), new("tenant", "tenant"),
                new("provider", "provider"), new("credits/s", "terms.rate_per_second"), new("bucket credits", "bucket", 1),
                new("claimable credits", "claimable", 2),
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
            [ListFilter.Who("--grantee", "Only the one to this address.")],
            [
                new("grantee", "grantee"), new("expires", "expires_at"), new("cap credits", "cap", 3), new("left credits", "left", 1),
                new("pays fees", "pays_fees", 4), new("target", "target", 5), new("kinds", "kinds", 2),
            ]);
    }

    public static VerbCommand Proposals(VerbRunner run) =>
        new VerbCommand("proposals", "List proposals.") { Examples = ["chain query proposals --state voting"] }.Lists(run,
            "proposals",
            _ => "/market/proposals",
            [ListFilter.Choice<ProposalState>("--state", "Only those in this state."),
                ListFilter.Choice<ProposalKind>("--kind", "Only those of this kind.")],
            [
                new("id", "id"), new("kind", "content.kind"), new("state", "state"), new("due", "due"),
                new("deposited credits", "deposited", 1), new("yes", "tally.yes"), new("no", "tally.no"), new("of", "tally.total"),
            ]);
}
