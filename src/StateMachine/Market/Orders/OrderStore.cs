using Chain.StateMachine.Core;
using Chain.StateMachine.Store;
using System;

namespace Chain.StateMachine.Market.Orders;

/// <summary>Load and store of orders, which are due at <see cref="Order.Due"/>.</summary>
public static class OrderStore
{
    private static readonly TimedRecords<Order> Records = new(
        MarketSchema.Order, TimedKind.Order, Order.TryDecode, order => order.Encode(), order => order.Id, order => order.Due,
        order => order.Held);

    /// <summary>As it was last written, or null. Messages use <see cref="OrderClock.Load"/>.</summary>
    public static Order? Read(IStateReader state, ulong id) => Records.Read(state, id);

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, Order? before, Order after) => Records.Store(state, before, after);

    public static void Delete(StateOverlay state, Order gone) => Records.Delete(state, gone);

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Records.HeldBy(value);
}
