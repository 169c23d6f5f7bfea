using System;
using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Orders, bids and leases.</summary>
internal static class MarketQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        new QueryEntry("/market/order", false, OrderOf),
        new QueryEntry("/market/orders", true, OrderList),
        new QueryEntry("/market/bid", false, BidOf),
        new QueryEntry("/market/bids", true, BidList),
        new QueryEntry("/market/lease", false, LeaseOf),
        new QueryEntry("/market/leases", true, LeaseList),
    ];

    private static QueryAnswer OrderOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return ListWalk.Bad("an order is named by its number");
        return state.Get(StoreId.Market, Schema.Key(MarketSchema.Order, id)) is { } value
            ? QueryAnswer.Object(writer => MarketJson.Order(writer, DecodeOrder(value)))
            : QueryAnswer.Fail(ResultCode.NotFound, $"there is no order {id}");
    }

    /// <summary>Options: tenant, state.</summary>
    private static QueryAnswer OrderList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("tenant", out Address? tenant)) return ListWalk.Bad("tenant is no address");
        if (!arguments.TryEnumOption("state", out OrderState? wanted)) return ListWalk.Bad("unknown state");
        return ListWalk.Answer(state, arguments, "orders", Schema.Key(MarketSchema.Order), (value, writer) =>
        {
            Order order = DecodeOrder(value);
            if (tenant is { } owner && order.Tenant != owner) return false;
            if (wanted is not null && order.State != wanted) return false;
            writer.WriteStartObject();
            MarketJson.Order(writer, order);
            writer.WriteEndObject();
            return true;
        });
    }

    /// <summary><c>/market/bid/ORDER/PROVIDER</c>.</summary>
    private static QueryAnswer BidOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong order) || !arguments.TryAddress(1, out Address provider))
        {
            return ListWalk.Bad("a bid is named by its order's number and its provider's address");
        }
        byte[] key = [.. Schema.Key(MarketSchema.Bid, order), .. provider.Span];
        return state.Get(StoreId.Market, key) is { } value
            ? QueryAnswer.Object(writer => MarketJson.Bid(writer, DecodeBid(value)))
            : QueryAnswer.Fail(ResultCode.NotFound, $"{provider} has no bid on order {order}");
    }

    /// <summary><c>/market/bids/ORDER</c>; without an order, all bids. Options: state.</summary>
    private static QueryAnswer BidList(IStateReader state, QueryArguments arguments)
    {
        byte[] prefix = Schema.Key(MarketSchema.Bid);
        if (arguments.TryId(0, out ulong order)) prefix = Schema.Key(MarketSchema.Bid, order);
        else if (arguments.KeyParts > 0) return ListWalk.Bad("an order is named by its number");
        if (!arguments.TryEnumOption("state", out BidState? wanted)) return ListWalk.Bad("unknown state");
        return ListWalk.Answer(state, arguments, "bids", prefix, (value, writer) =>
        {
            Bid bid = DecodeBid(value);
            if (wanted is not null && bid.State != wanted) return false;
            writer.WriteStartObject();
            MarketJson.Bid(writer, bid);
            writer.WriteEndObject();
            return true;
        });
    }

    private static QueryAnswer LeaseOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return ListWalk.Bad("a lease is named by its number");
        return state.Get(StoreId.Market, Schema.Key(MarketSchema.Lease, id)) is { } value
            ? QueryAnswer.Object(writer => MarketJson.Lease(writer, DecodeLease(value)))
            : QueryAnswer.Fail(ResultCode.NotFound, $"there is no lease {id}");
    }

    /// <summary>Options: tenant, provider, order, state.</summary>
    private static QueryAnswer LeaseList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("tenant", out Address? tenant)) return ListWalk.Bad("tenant is no address");
        if (!arguments.TryAddressOption("provider", out Address? provider)) return ListWalk.Bad("provider is no address");
        if (!arguments.TryNumberOption("order", out ulong? order)) return ListWalk.Bad("order is no number");
        if (!arguments.TryEnumOption("state", out LeaseState? wanted)) return ListWalk.Bad("unknown state");
        return ListWalk.Answer(state, arguments, "leases", Schema.Key(MarketSchema.Lease), (value, writer) =>
        {
            Lease lease = DecodeLease(value);
            if (tenant is { } payer && lease.Tenant != payer) return false;
            if (provider is { } server && lease.Provider != server) return false;
            if (order is not null && lease.OrderId != order) return false;
            if (wanted is not null && lease.State != wanted) return false;
            writer.WriteStartObject();
            MarketJson.Lease(writer, lease);
            writer.WriteEndObject();
            return true;
        });
    }

    private static Order DecodeOrder(ReadOnlySpan<byte> value)
    {
        bool isCanonical = Order.TryDecode(value, out Order order, out _);
        Invariant.Holds(isCanonical, "a stored order is canonical");
        return order;
    }

    private static Bid DecodeBid(ReadOnlySpan<byte> value)
    {
        bool isCanonical = Bid.TryDecode(value, out Bid bid, out _);
        Invariant.Holds(isCanonical, "a stored bid is canonical");
        return bid;
    }

    private static Lease DecodeLease(ReadOnlySpan<byte> value)
    {
        bool isCanonical = Lease.TryDecode(value, out Lease lease, out _);
        Invariant.Holds(isCanonical, "a stored lease is canonical");
        return lease;
    }
}
