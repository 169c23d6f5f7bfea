using System;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Market.Orders;

/// <summary>
/// Kind 7: a reverse auction, open or sealed. The escrow is <c>replicas · rate · prepaid seconds</c> at the highest rate; what the
/// winning bid does not need of it goes back when the lease is made.
/// </summary>
public static class OpenOrderRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        OrderTerms terms = ((OpenOrder)message).Terms;
        Parameters parameters = context.Block.Parameters;
        ResultCode bounds = CheckBounds(terms, parameters);
        if (bounds != ResultCode.Ok) return bounds;
        UInt128 escrow = (UInt128)terms.RateMax * terms.PrepaidSeconds * terms.Replicas;
        UInt128 deposit = (UInt128)terms.Deposit * terms.Replicas;
        // In a sealed auction nobody is asked again when the leases are made.
        bool isSealed = terms.Mode != AuctionMode.Open;
        UInt128 storage = (UInt128)parameters.StorageDeposit * (isSealed ? 1u + terms.Replicas : 1u);
        UInt128 total = escrow + deposit + storage;
        if (total > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)total);
        if (debited != ResultCode.Ok) return debited;

        Order order = new(
            Counters.Next(context.State, CounterKind.Order), context.Sender, terms, OrderState.Open, Leased: 0,
            (ulong)escrow, (ulong)deposit, (ulong)storage, context.Now, context.Now + terms.OpenSeconds,
            parameters.PruneSeconds, [], [])
        {
            RevealSeconds = isSealed ? parameters.RevealSeconds : 0,
            Renewals = terms.Renewals,
        };
        OrderStore.Store(context.State, null, order);
        context.Emit(new Event("OrderOpened",
        [
            new("order", order.Id),
            new("from", "none"),
            new("to", OrderNames.Of(order.State)),
            new("tenant", order.Tenant),
            new("mode", (ulong)terms.Mode),
            new("rate_max", terms.RateMax),
            new("replicas", (ulong)terms.Replicas),
            new("escrow", order.Escrow),
            new("deposit", order.Deposit),
            new("storage_deposit", order.StorageDeposit),
            new("expires", order.Due.Seconds),
            new("renewals", order.Renewals),
        ]));
        return ResultCode.Ok;
    }

    /// <summary>Whether the terms alone are within what the chain allows.</summary>
    internal static ResultCode CheckBounds(OrderTerms terms, Parameters parameters)
    {
        ulong prepaidMin = Math.Max(parameters.PrepaidSeconds, parameters.OrderSecondsMin);
        bool isBelow = terms.Replicas == 0 || terms.Needs.Resources.IsEmpty || terms.RateMax == 0 || terms.OpenSeconds == 0
            || terms.Deposit < parameters.OrderDepositMin
            || terms.PrepaidSeconds < prepaidMin
            || terms.NoticeSeconds < parameters.NoticeSecondsMin;
        if (isBelow) return ResultCode.BelowMinimum;
        bool isOver = terms.Replicas > MarketLimits.ReplicasMax
            || !terms.Needs.Resources.IsWithin(MarketLimits.UnitsMax)
            || terms.RateMax > MarketLimits.RatePerSecondMax
            || terms.PrepaidSeconds > MarketLimits.SecondsMax
            || terms.MinTermSeconds > MarketLimits.SecondsMax
            || terms.NoticeSeconds > parameters.NoticeSecondsMax
            || terms.OpenSeconds > parameters.OrderExpirySecondsMax
            || terms.CloseWindowSeconds > terms.OpenSeconds;
        if (isOver) return ResultCode.OverMaximum;
        if (terms.CloseWindowSeconds > 0 && terms.Mode == AuctionMode.Open) return ResultCode.NoMatch;
        foreach (AttestationSchema schema in terms.Needs.Schemas)
        {
            if (!AttestationNames.IsKnown(schema)) return ResultCode.BadSchema;
        }
        return ResultCode.Ok;
    }
}
