using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class BidTests
{
    [Fact]
    public void Bid_placed_takes_deposit_locks_collateral_and_reserves_units()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        world.Must(ProviderA, BidOn(id));
        Bid bid = BidStore.Load(world.State, id, ProviderA)!;
        Assert.Equal(BidDeposit, bid.Deposit);
        Assert.Equal(4_000_000UL * 60, bid.Collateral);
        Assert.Equal(StartFunds - BidDeposit - Storage, world.Balance(ProviderA));
        Assert.Equal(bid.Collateral, world.ProviderAt(ProviderA).Locked);
        Assert.Equal(1000UL, world.Reserved(ProviderA));
        Assert.Equal([new ListedBid(ProviderA, 4_000_000)], world.OrderAt(id).Bids);
    }

    [Fact]
    public void Bid_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, BidOn(99)));
        Assert.Equal(ResultCode.NotFound, world.Send(Stranger, BidOn(id)));
        world.AddProvider(Tenant, "eu");
        Assert.Equal(ResultCode.SelfDeal, world.Send(Tenant, BidOn(id)));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, BidOn(id, rate: 0)));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, BidOn(id) with { Deposit = 9_999_999 }));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, BidOn(id, notice: 19)));
        Assert.Equal(ResultCode.OverMaximum, world.Send(ProviderA, BidOn(id, notice: 3601)));
        Assert.Equal(ResultCode.Price, world.Send(ProviderA, BidOn(id, rate: RateMax + 1)));
        Assert.Equal(ResultCode.Overflow, world.Send(ProviderA, BidOn(id) with { Deposit = ulong.MaxValue }));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(ProviderA, BidOn(id) with { Deposit = StartFunds }));
        world.Must(ProviderA, BidOn(id));
        Assert.Equal(ResultCode.Exists, world.Send(ProviderA, BidOn(id, rate: 1)));
        world.Must(Tenant, new AcceptBid(id, ProviderA));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderB, BidOn(id)));
    }

    [Fact]
    public void Bid_of_a_provider_that_takes_nothing_new_is_refused()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        Providers.Store(world.State, world.ProviderAt(ProviderA) with { Status = ProviderStatus.Paused });
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, BidOn(id)));
    }

    [Fact]
    public void Bid_beyond_capacity_or_free_stake_is_refused()
    {
        MarketWorld world = new();
        OrderTerms wide = Terms();
        ulong big = world.OpenOrder(wide with { Needs = wide.Needs with { Resources = new ResourceVector(4001) } });
        Assert.Equal(ResultCode.Capacity, world.Send(ProviderA, BidOn(big)));
        ulong full = world.OpenOrder(wide with { Needs = wide.Needs with { Resources = new ResourceVector(4000) } });
        world.Must(ProviderA, BidOn(full));
        ulong more = world.OpenOrder(wide with { Needs = wide.Needs with { Resources = new ResourceVector(1) } });
        Assert.Equal(ResultCode.Capacity, world.Send(ProviderA, BidOn(more)));
        OrderTerms gpu = wide with { Needs = wide.Needs with { Resources = new ResourceVector(0, MemoryMib: 5) } };
        Assert.Equal(ResultCode.Capacity, world.Send(ProviderB, BidOn(world.OpenOrder(gpu))));

        world.Parameters = world.Parameters.With(ParameterId.CollateralMin, Stake + 1);
        Assert.Equal(ResultCode.StakeLocked, world.Send(ProviderB, BidOn(more)));
        world.Parameters = world.Parameters.With(ParameterId.CollateralMin, Stake);
        world.Must(ProviderB, BidOn(more));
        Assert.Equal(0UL, world.ProviderAt(ProviderB).StakeFree);
    }

    [Fact]
    public void Bid_outside_what_the_order_needs_is_refused_with_its_code()
    {
        MarketWorld world = new();
        OrderNeeds needs = Terms().Needs;
        ulong region = world.OpenOrder(Terms() with { Needs = needs with { Regions = ["us"] } });
        Assert.Equal(ResultCode.RegionMismatch, world.Send(ProviderA, BidOn(region)));
        world.Must(ProviderB, BidOn(region));
        ulong wrong = world.OpenOrder(Terms() with { Needs = needs with { Attributes = [new("arch", "arm64")] } });
        Assert.Equal(ResultCode.AttributeMismatch, world.Send(ProviderA, BidOn(wrong)));
        ulong right = world.OpenOrder(Terms() with { Needs = needs with { Attributes = [new("arch", "x86-64")] } });
        world.Must(ProviderA, BidOn(right));
    }

    [Fact]
    public void Bid_on_an_order_that_needs_an_attestation_counts_it_only_while_it_is_valid()
    {
        MarketWorld world = new();
        world.Must(Issuer, new Attest(
            new AttestationClaim(
                AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(4), world.Now, world.Now + 30), 100_000_000));
        OrderNeeds needs = Terms().Needs with { Schemas = [AttestationSchema.Hardware] };
        ulong id = world.OpenOrder(Terms() with { Needs = needs });
        Assert.Equal(ResultCode.TierMismatch, world.Send(ProviderA, BidOn(id)));
        Assert.Equal(ResultCode.TierMismatch, world.Send(ProviderB, BidOn(id)));
        world.Advance(10);
        world.Must(ProviderA, BidOn(id));
        // Judged again at the choice: by then it has expired.
        world.Advance(20);
        Assert.Equal(ResultCode.TierMismatch, world.Send(Tenant, new AcceptBid(id, ProviderA)));
    }

    [Fact]
    public void Bid_cap_keeps_the_best_and_refunds_the_evicted()
    {
        MarketWorld world = new(Parameters.Devnet.With(ParameterId.BidCap, 2));
        world.AddProvider(Stranger, "eu");
        ulong id = world.OpenOrder();
        world.Must(ProviderA, BidOn(id, rate: 4_000_000));
        world.Must(ProviderB, BidOn(id, rate: 3_000_000));
        Assert.Equal(ResultCode.BidCap, world.Send(Stranger, BidOn(id, rate: 4_000_000)));
        world.Must(Stranger, BidOn(id, rate: 3_999_999));
        Assert.Equal(StartFunds, world.Balance(ProviderA));
        Assert.Equal(0UL, world.ProviderAt(ProviderA).Locked);
        Assert.Equal(0UL, world.Reserved(ProviderA));
        Assert.Null(BidStore.Load(world.State, id, ProviderA));
        Assert.Equal([new ListedBid(ProviderB, 3_000_000), new ListedBid(Stranger, 3_999_999)], world.OrderAt(id).Bids);
        // Evicted, so it may try again with a better one.
        world.Must(ProviderA, BidOn(id, rate: 1_000_000));
        Assert.Null(BidStore.Load(world.State, id, Stranger));
    }
}
