using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Offers, orders, bids and leases, as they were last written: what time alone will change is not foretold.</summary>
internal static class MarketQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/offer/ID", "an offer with a posted price", OfferOf),
        QueryEntry.List(
            "/market/offers?provider&resource&max_rate&tenant&region&min_reputation&gpu",
            "offers; `tenant` is one who may take it, region and reputation are its provider's",
            OfferList),
        QueryEntry.One("/market/order/ID", "an order", OrderOf),
        QueryEntry.List("/market/orders?tenant&state", "orders", OrderList),
        QueryEntry.One("/market/bid/ORDER/PROVIDER", "a bid", BidOf),
        QueryEntry.List("/market/bids/[ORDER]?provider&state", "bids, of one order or all", BidList),
        QueryEntry.One("/market/lease/ID", "a lease", LeaseOf),
        QueryEntry.One("/market/amendment/LEASE", "what one side of a lease asks the other to change", AmendmentOf),
        QueryEntry.List("/market/leases?tenant&provider&order&state", "leases", LeaseList),
        QueryEntry.One("/market/book/ORDER", "an order's live bids, the best first, with what each promises", BookQueries.BookOf),
        QueryEntry.One("/market/bill/LEASE", "what a lease has cost, earned and given back, epoch by epoch", BookQueries.BillOf),
        QueryEntry.One("/market/prices", "curve prices, and the use that they follow", BookQueries.PricesOf),
    ];

    private static QueryAnswer OfferOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("an offer is named by its number");
        return OfferStore.Read(state, id) is { } offer
            ? QueryAnswer.Object(writer => MarketJson.Offer(writer, offer))
            : QueryAnswer.NotFound($"there is no offer {id}");
    }

    private static QueryAnswer OfferList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryNumberOption("max_rate", out ulong? rateMax)) return QueryAnswer.Bad("max_rate is no number");
        if (!arguments.TryAddressOption("tenant", out Address? tenant)) return QueryAnswer.Bad("tenant is no address");
        if (ProviderSearch.Read(arguments, out string error) is not { } search) return QueryAnswer.Bad(error);
        // Of the search only who the provider is counts here; what there is to have stands in the offer.
        ProviderSearch seller = search with { Units = ResourceVector.None };
        bool isSought = seller.Region is not null || seller.ReputationMinBps is not null;
        bool asksForCards = arguments.Option("gpu") is not null;
        if (!arguments.TryAddressOption("provider", out Address? provider)) return QueryAnswer.Bad("provider is no address");
        if (!arguments.TryEnumOption("resource", out ResourceClass? wanted)) return QueryAnswer.Bad("unknown resource");
        bool Matches(Offer offer) =>
            (provider is null || offer.Provider == provider)
            && (wanted is null || offer.Terms.Resources.Of(wanted.Value) > 0)
            && (rateMax is null || offer.Terms.RatePerSecond <= rateMax)
            && (!asksForCards || (offer.Terms.Resources.Gpus > 0 && offer.Terms.Resources.Gpu.Serves(search.Units.Gpu)))
            && (tenant is null || AddressList.Admits(offer.Terms.Allowed, offer.Terms.Denied, tenant.Value))
            && (!isSought || (Providers.Load(state, offer.Provider) is { } from && seller.Matches(state, from)));
        return new ListWalk<Offer>("offers", Schema.Key(MarketSchema.Offer), Offer.TryDecode, Matches, MarketJson.Offer)
            .Answer(state, arguments);
    }

    private static QueryAnswer OrderOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("an order is named by its number");
        return OrderStore.Read(state, id) is { } order
            ? QueryAnswer.Object(writer => MarketJson.Order(writer, order))
            : QueryAnswer.NotFound($"there is no order {id}");
    }

    private static QueryAnswer OrderList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("tenant", out Address? tenant)) return QueryAnswer.Bad("tenant is no address");
        if (!arguments.TryEnumOption("state", out OrderState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(Order order) => (tenant is null || order.Tenant == tenant) && (wanted is null || order.State == wanted);
        return new ListWalk<Order>("orders", Schema.Key(MarketSchema.Order), Order.TryDecode, Matches, MarketJson.Order)
            .Answer(state, arguments);
    }

    /// <summary><c>/market/bid/ORDER/PROVIDER</c>.</summary>
    private static QueryAnswer BidOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong order) || !arguments.TryAddress(1, out Address provider))
        {
            return QueryAnswer.Bad("a bid is named by its order's number and its provider's address");
        }
        return BidStore.Load(state, order, provider) is { } bid
            ? QueryAnswer.Object(writer => MarketJson.Bid(writer, bid))
            : QueryAnswer.NotFound($"{provider} has no bid on order {order}");
    }

    /// <summary><c>/market/bids/ORDER</c>; without an order, all bids.</summary>
    private static QueryAnswer BidList(IStateReader state, QueryArguments arguments)
    {
        byte[] prefix = Schema.Key(MarketSchema.Bid);
        if (arguments.TryId(0, out ulong order)) prefix = Schema.Key(MarketSchema.Bid, order);
        else if (arguments.KeyParts > 0) return QueryAnswer.Bad("an order is named by its number");
        if (!arguments.TryAddressOption("provider", out Address? provider)) return QueryAnswer.Bad("provider is no address");
        if (!arguments.TryEnumOption("state", out BidState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(Bid bid) => (provider is null || bid.Provider == provider) && (wanted is null || bid.State == wanted);
        return new ListWalk<Bid>("bids", prefix, Bid.TryDecode, Matches, MarketJson.Bid).Answer(state, arguments);
    }

    private static QueryAnswer LeaseOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("a lease is named by its number");
        return LeaseStore.Read(state, id) is { } lease
            ? QueryAnswer.Object(writer => MarketJson.Lease(writer, lease))
            : QueryAnswer.NotFound($"there is no lease {id}");
    }

    /// <summary><c>/market/amendment/LEASE</c>: what one side asks for; it may have expired.</summary>
    private static QueryAnswer AmendmentOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong lease)) return QueryAnswer.Bad("an amendment is named by its lease's number");
        return AmendmentStore.Read(state, lease) is { } amendment
            ? QueryAnswer.Object(writer => MarketJson.Amendment(writer, amendment))
            : QueryAnswer.NotFound($"nobody asks for other terms of lease {lease}");
    }

    private static QueryAnswer LeaseList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("tenant", out Address? tenant)) return QueryAnswer.Bad("tenant is no address");
        if (!arguments.TryAddressOption("provider", out Address? provider)) return QueryAnswer.Bad("provider is no address");
        if (!arguments.TryNumberOption("order", out ulong? order)) return QueryAnswer.Bad("order is no number");
        if (!arguments.TryEnumOption("state", out LeaseState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(Lease lease) =>
            (tenant is null || lease.Tenant == tenant)
            && (provider is null || lease.Provider == provider)
            && (order is null || lease.OrderId == order)
            && (wanted is null || lease.State == wanted);
        return new ListWalk<Lease>("leases", Schema.Key(MarketSchema.Lease), Lease.TryDecode, Matches, MarketJson.Lease)
            .Answer(state, arguments);
    }
}
