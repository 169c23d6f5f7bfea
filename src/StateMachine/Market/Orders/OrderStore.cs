using System;
using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Orders;

/// <summary>Load and store of orders. Each has one entry in the timed queue, at its <see cref="Order.Due"/>.</summary>
public static class OrderStore
{
    /// <summary>The order as it was last written, or null. Messages use <see cref="OrderClock.Load"/>.</summary>
    public static Order? Read(IStateReader state, ulong id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.Order, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes an order and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public static void Store(StateOverlay state, Order? before, Order after)
    {
        byte[] key = Schema.Key(MarketSchema.Order, after.Id);
        state.Put(StoreId.Market, key, after.Encode());
        if (before?.Due == after.Due) return;
        if (before is not null) TimedQueue.Cancel(state, before.Due, TimedKind.Order, key.AsSpan(1));
        TimedQueue.Schedule(state, after.Due, TimedKind.Order, key.AsSpan(1));
    }

    public static void Delete(StateOverlay state, Order order)
    {
        byte[] key = Schema.Key(MarketSchema.Order, order.Id);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, order.Due, TimedKind.Order, key.AsSpan(1));
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Held;

    private static Order Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Order.TryDecode(bytes, out Order order, out _);
        Invariant.Holds(isCanonical, "a stored order is canonical");
        return order;
    }
}
