using System;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class OfferTests
{
    private const ulong Rate = 4_000_000;

    [Fact]
    public void Offer_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        OfferTerms well = OfferOf();
        Assert.Equal(ResultCode.NotFound, world.Send(Stranger, ChangeOffer.Post(well, 60)));
        foreach (OfferTerms low in (OfferTerms[])[
            well with { Resources = ResourceVector.None }, well with { RatePerSecond = 0 }, well with { Deposit = 9_999_999 }, well with { NoticeSeconds = 4 }])
        {
            Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, ChangeOffer.Post(low, 60)));
        }
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, ChangeOffer.Post(well, 0)));
        foreach (OfferTerms high in (OfferTerms[])[
            well with { Resources = new ResourceVector(1_000_000_001) }, well with { RatePerSecond = 1_000_000_000_001 },
            well with { MinTermSeconds = ulong.MaxValue }, well with { NoticeSeconds = 3601 }])
        {
            Assert.Equal(ResultCode.OverMaximum, world.Send(ProviderA, ChangeOffer.Post(high, 60)));
        }
        Assert.Equal(ResultCode.OverMaximum, world.Send(ProviderA, ChangeOffer.Post(well, 3601)));
        Assert.Equal(ResultCode.Capacity, world.Send(ProviderA, ChangeOffer.Post(well with { Resources = new ResourceVector(4001) }, 60)));
        world.Parameters = world.Parameters.With(ParameterId.StorageDeposit, StartFunds + 1);
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(ProviderA, ChangeOffer.Post(well, 60)));
        Providers.Store(world.State, world.ProviderAt(ProviderA) with { Status = ProviderStatus.Paused });
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, ChangeOffer.Post(well, 60)));
    }

    [Fact]
    public void Offer_reserves_nothing_and_goes_with_its_deposit_when_withdrawn_or_expired()
    {
        MarketWorld world = new();
        ulong first = world.PostOffer();
        ulong second = world.PostOffer();
        Assert.Equal(StartFunds - (2 * Storage), world.Balance(ProviderA));
        Assert.Equal((0UL, 0UL), (world.Reserved(ProviderA), world.ProviderAt(ProviderA).Locked));
        Assert.Equal(ResultCode.NotOwner, world.Send(ProviderB, ChangeOffer.Withdraw(first)));
        world.Must(ProviderA, ChangeOffer.Withdraw(first));
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, ChangeOffer.Withdraw(first)));
        Assert.Equal(StartFunds - Storage, world.Balance(ProviderA));
        world.Advance(59);
        Assert.NotNull(OfferStore.Read(world.State, second));
        world.Advance(1);
        Assert.Null(OfferStore.Read(world.State, second));
        Assert.Equal(StartFunds, world.Balance(ProviderA));
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new TakeOffer(second, Terms())));
    }

    [Fact]
    public void Taken_offer_is_a_lease_at_once_and_may_be_taken_again()
    {
        MarketWorld world = new();
        ulong id = world.PostOffer(OfferOf(minTerm: 30));
        world.Must(Tenant, new TakeOffer(id, Terms(minTerm: 40)));
        Lease lease = world.LeaseAt(1);
        Assert.Equal((LeaseState.Pending, ProviderA, Tenant, 1UL), (lease.State, lease.Provider, lease.Tenant, lease.OrderId));
        Assert.Equal((1000UL, Rate, 40UL, 20UL), (
            lease.Terms.Resources.CpuMilli, lease.Terms.RatePerSecond, lease.Terms.MinTermSeconds, lease.Terms.NoticeSeconds));
        Assert.Equal((100 * Rate, OrderDeposit, BidDeposit), (lease.Bucket, lease.TenantDeposit, lease.ProviderDeposit));
        Assert.Equal((60 * Rate, 60 * Rate), (lease.Collateral, world.ProviderAt(ProviderA).Locked));
        Assert.Equal((0UL, 1000UL), (world.Reserved(ProviderA), world.Leased(ProviderA)));
        Assert.Equal(StartFunds - (100 * Rate) - OrderDeposit - (2 * Storage), world.Balance(Tenant));
        Assert.Equal(StartFunds - BidDeposit - Storage, world.Balance(ProviderA));
        Assert.Equal((OrderState.Filled, (Int128)Storage), (world.OrderAt(1).State, world.OrderAt(1).Held));

        world.Must(Tenant, new TakeOffer(id, Terms(minTerm: 30)));
        Assert.Equal(2000UL, world.Leased(ProviderA));
        world.Must(Tenant, new StartLease(1, default, default));
        world.Must(ProviderA, new StartLease(1, HashOf(7), HashOf(8)));
        Assert.Equal(LeaseState.Active, world.LeaseAt(1).State);
        // Everything comes to its end, and what nobody earned comes back.
        world.Advance(100_000);
        Assert.Equal(0UL, world.Leased(ProviderA));
        Assert.Equal(StartFunds - (100 * Rate) - OrderDeposit, world.Balance(Tenant));
        Assert.Equal(StartFunds + (98 * Rate) + OrderDeposit, world.Balance(ProviderA));
    }

    [Fact]
    public void Taking_what_does_not_fit_is_refused_with_its_code()
    {
        MarketWorld world = new();
        ulong id = world.PostOffer(OfferOf(minTerm: 30));
        OrderTerms well = Terms(minTerm: 30);
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new TakeOffer(99, well)));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, new TakeOffer(id, well with { Deposit = 0 })));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, new TakeOffer(id, well with { Replicas = 2 })));
        Assert.Equal(ResultCode.SelfDeal, world.Send(ProviderA, new TakeOffer(id, well)));
        foreach (OrderTerms other in (OrderTerms[])[
            well with { MinTermSeconds = 29 }, well with { NoticeSeconds = 21 }, well with { Needs = well.Needs with { Resources = new ResourceVector(999) } },
            well with { Needs = well.Needs with { Resources = new ResourceVector(0, MemoryMib: 1000) } }])
        {
            Assert.Equal(ResultCode.NoMatch, world.Send(Tenant, new TakeOffer(id, other)));
        }
        Assert.Equal(ResultCode.Price, world.Send(Tenant, new TakeOffer(id, well with { RateMax = Rate - 1 })));
        Assert.Equal(ResultCode.RegionMismatch, world.Send(Tenant, new TakeOffer(id, well with { Needs = well.Needs with { Regions = ["us"] } })));
        Assert.Equal(ResultCode.Overflow, world.Send(Tenant, new TakeOffer(id, well with { Deposit = ulong.MaxValue })));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(Tenant, new TakeOffer(id, well with { Deposit = StartFunds })));
        for (int i = 0; i < 4; i++) world.Must(Tenant, new TakeOffer(id, well));
        Assert.Equal(ResultCode.Capacity, world.Send(Tenant, new TakeOffer(id, well)));
        Assert.Equal(4UL, Counters.Last(world.State, CounterKind.Lease));
    }

    [Fact]
    public void Taking_fails_while_the_provider_lacks_the_stake_or_the_deposit_or_rests()
    {
        MarketWorld world = new();
        world.Parameters = world.Parameters.With(ParameterId.CollateralMin, Stake + 1);
        Assert.Equal(ResultCode.StakeLocked, world.Send(Tenant, new TakeOffer(world.PostOffer(), Terms())));
        world.Parameters = Parameters.Devnet;
        ulong costly = world.PostOffer(OfferOf() with { Deposit = StartFunds });
        Assert.Equal(ResultCode.NoMatch, world.Send(Tenant, new TakeOffer(costly, Terms())));
        ulong id = world.PostOffer();
        Providers.Store(world.State, world.ProviderAt(ProviderA) with { Status = ProviderStatus.Paused });
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new TakeOffer(id, Terms())));
    }
}
