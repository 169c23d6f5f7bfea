using System.Collections.Generic;
using System.Text.Json;
using Chain.Node.Queries.Json;
using Chain.Node.Rpc.Json;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Prices;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>What is worked out of several records: the book of an order, the bill of a lease, the market's curve prices.</summary>
internal static class BookQueries
{
    /// <summary><c>/market/book/ORDER</c>: its live bids, the best first, each with who bids and what it promises.</summary>
    public static QueryAnswer BookOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("a book is named by its order's number");
        if (OrderStore.Read(state, id) is not { } order) return QueryAnswer.NotFound($"there is no order {id}");
        List<ListedBid> ranked = [.. order.Bids];
        ranked.Sort((first, second) => AuctionMath.Compare(order.Id, first, second));
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("order", order.Id);
            writer.Enum("state", order.State);
            writer.Enum("mode", order.Terms.Mode);
            writer.UInt64("rate_max", order.Terms.RateMax);
            writer.WriteNumber("open_replicas", order.Terms.Replicas - order.Leased);
            writer.WriteStartArray("bids");
            foreach (ListedBid listed in ranked) Line(writer, state, order, listed);
            writer.WriteEndArray();
        });
    }

    /// <summary>
    /// <c>/market/bill/LEASE</c>: what was due so far and where it went: <c>due = credits + fees + net + pending</c>. As of its last
    /// settlement; every part is the sum of its EpochClosed events.
    /// </summary>
    public static QueryAnswer BillOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("a bill is named by its lease's number");
        if (LeaseStore.Read(state, id) is not { } lease) return QueryAnswer.NotFound($"there is no lease {id}");
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("lease", lease.Id);
            writer.Address("tenant", lease.Tenant);
            writer.Address("provider", lease.Provider);
            writer.Enum("state", lease.State);
            writer.UInt64("rate_per_second", lease.Terms.RatePerSecond);
            writer.Time("started_at", lease.StartedAt);
            writer.Time("settled_at", lease.SettledAt);
            writer.UInt64("due", lease.DueTotal);
            writer.UInt64("credits", lease.CreditTotal);
            writer.UInt64("fees", lease.FeeTotal);
            writer.UInt64("net", lease.DueTotal - lease.CreditTotal - lease.FeeTotal - lease.Pending);
            writer.UInt64("pending", lease.Pending);
            writer.UInt64("claimable", lease.Claimable);
            writer.UInt64("bucket", lease.Bucket);
            writer.UInt64("frozen", lease.Frozen);
            writer.Time("paid_until", lease.IsPaying ? lease.PaidUntil : default);
        });
    }

    /// <summary><c>/market/prices</c>: curve prices as they were last written, and the use that they follow.</summary>
    public static QueryAnswer PricesOf(IStateReader state, QueryArguments arguments)
    {
        if (PriceBook.Load(state) is null) return QueryAnswer.NotFound("there are no prices");
        Parameters parameters = Parameters.Load(state);
        PriceBook prices = PriceBook.At(state, FeeState.Load(state).UpdatedAt, parameters);
        RegistryTotals totals = RegistryTotals.Load(state);
        return QueryAnswer.Object(writer =>
        {
            for (ResourceClass resource = ResourceClass.CpuMilli; resource <= ResourceClass.Gpu; resource++)
            {
                writer.WriteStartObject(SnakeCase.Of(resource));
                writer.UInt64("per_1000_units", prices.Of(resource));
                writer.UInt64("units", totals.Of(resource).Total);
                writer.UInt64("leased", totals.Of(resource).Leased);
                writer.UInt64("use_bps", totals.Of(resource).UseBps);
                writer.WriteEndObject();
            }
            writer.Time("next_step", prices.NextStep);
        });
    }

    private static void Line(Utf8JsonWriter writer, IStateReader state, Order order, ListedBid listed)
    {
        writer.WriteStartObject();
        writer.Address("provider", listed.Provider);
        writer.UInt64("rate_per_second", listed.RatePerSecond);
        writer.UInt64("quality_bps", listed.QualityBps);
        if (BidStore.Load(state, order.Id, listed.Provider) is { } bid)
        {
            writer.Enum("state", bid.State);
            RegistryJson.Resources(writer, bid.Resources);
            writer.Enum("sla", bid.Sla);
            writer.UInt64("notice_seconds", bid.NoticeSeconds);
        }
        writer.WriteString("region", Providers.Load(state, listed.Provider)?.Region ?? "");
        writer.WriteEndObject();
    }
}
