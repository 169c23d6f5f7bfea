using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Moves credits out of market objects. What is handed in has been taken from the object by the caller.</summary>
public static class Payments
{
    /// <summary>
    /// Adds to a balance. All credits together are below 2^64, so this cannot overflow while they are conserved; were it to,
    /// the arithmetic exception drops the whole transaction or timed move.
    /// </summary>
    public static void Pay(ExecutionContext context, in Address to, ulong amount)
    {
        if (Ledger.Credit(context.State, to, amount) != ResultCode.Ok) throw new OverflowException("a balance is full");
    }

    /// <summary>Hands out a market fee.</summary>
    public static void TakeMarketFee(ExecutionContext context, FeeSplit split)
    {
        PoolBalances pools = Pools.Load(context.State);
        Pools.Store(context.State, pools with
        {
            Burned = pools.Burned + split.Burned,
            Reliability = pools.Reliability + split.Reliability,
            Treasury = pools.Treasury + split.Treasury,
        });
    }

    /// <summary>The provider behind a bid or lease. It outlives them all, since it cannot retire before they end.</summary>
    public static Provider ProviderOf(ExecutionContext context, in Address address)
    {
        Provider? provider = Providers.Load(context.State, address);
        Primitives.Invariant.Holds(provider is not null, "a bid or lease has a registered provider");
        return provider;
    }

    /// <summary>A provider leaves probation once it has been there long enough and a lease that it was paid for became final.</summary>
    public static Provider ProvenBy(this Provider provider, ExecutionContext context, Lease lease, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        ulong seconds = parameters.ProbationEpochs * parameters.EpochSeconds;
        bool isProven = provider.Status == ProviderStatus.Probation && lease.FeeTotal > 0 && at >= provider.RegisteredAt + seconds;
        if (!isProven) return provider;
        context.Emit(ProviderNames.Moved(provider, ProviderStatus.Active, "proven", at));
        return provider with { Status = ProviderStatus.Active };
    }

    /// <summary>Sets aside the units and the collateral of a bid; the caller has checked that both are free.</summary>
    public static Provider Reserve(this Provider provider, ResourceVector units, ulong collateral) =>
        provider.WithUnits(units, reserved: 1, leased: 0).WithLocked(collateral);

    /// <summary>Frees what a bid had reserved and locked, when it did not become a lease.</summary>
    public static Provider Release(this Provider provider, ResourceVector units, ulong collateral) =>
        provider.WithUnits(units, reserved: -1, leased: 0).WithUnlocked(collateral);
}
