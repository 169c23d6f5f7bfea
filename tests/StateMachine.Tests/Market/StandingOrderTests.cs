using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

/// <summary>Orders that renew themselves: when nobody bids, and when a provider leaves the lease.</summary>
public sealed class StandingOrderTests
{
    private static readonly OrderTerms Sealed = Terms() with { Mode = AuctionMode.SealedFirst, Renewals = 2 };
    private static readonly OrderTerms Open = Terms() with { Renewals = 2 };
    private readonly MarketWorld _world = new();

    [Theory]
    [InlineData(AuctionMode.Open)]
    [InlineData(AuctionMode.SealedSecond)]
    public void Order_without_bids_is_open_again_at_once_until_no_renewal_is_left(AuctionMode mode)
    {
        ulong id = _world.OpenOrder(Open with { Mode = mode });
        Order opened = _world.OrderAt(id);
        for (byte left = 2; left > 0; left--)
        {
            Assert.Equal((OrderState.Open, left), (_world.OrderAt(id).State, _world.OrderAt(id).Renewals));
            _world.Advance(60);
        }
        Assert.Equal((opened with { Renewals = 0, OpenedAt = _world.Now, Due = _world.Now + 60 }).Encode(), _world.OrderAt(id).Encode());
        _world.Advance(60);
        Assert.Equal((OrderState.Expired, StartFunds - (ulong)_world.OrderAt(id).Held), (_world.OrderAt(id).State, _world.Balance(Tenant)));
    }

    [Fact]
    public void Provider_that_does_not_show_up_is_replaced_by_the_next_auction_without_a_word_of_the_tenant()
    {
        ulong id = _world.OpenOrder(Sealed);
        Win(id, ProviderA, 3_000_000);
        Order standing = _world.OrderAt(id);
        // The bid needs 300 of 500 million; what is left over waits for a renewal.
        Assert.Equal((OrderState.Standing, 200_000_000UL, MarketTime.Never), (standing.State, standing.Reserve, standing.Due));
        Assert.Equal([1UL], standing.Leases);
        _world.Must(Tenant, new StartLease(1, default, default));
        ulong tenant = _world.Balance(Tenant);
        _world.Advance(40);
        Assert.Equal(LeaseState.NoShowProvider, _world.LeaseAt(1).State);
        Order renewed = _world.OrderAt(id);
        Assert.Equal((OrderState.Open, (byte)1, (byte)0), (renewed.State, renewed.Renewals, renewed.Leased));
        Assert.Equal((_world.LeaseAt(1).ClosedAt, renewed.OpenedAt + 60), (renewed.OpenedAt, renewed.Due));
        // 300 of the bucket, 20 + 30 of both deposits and 171 of the reserve: 500 + 20 as at the beginning, and 1 for the next lease's record.
        Assert.Equal((500_000_000UL, OrderDeposit, 29_000_000UL, 2 * Storage), (renewed.Escrow, renewed.Deposit, renewed.Reserve, renewed.StorageDeposit));
        Assert.Equal(tenant, _world.Balance(Tenant));
        Assert.Equal(BidState.Left, BidStore.Load(_world.State, id, ProviderA)!.State);
        Win(id, ProviderB, 4_000_000);
        Lease second = _world.LeaseAt(2);
        Assert.Equal((ProviderB, LeaseState.Pending, 400_000_000UL, OrderDeposit), (second.Provider, second.State, second.Bucket, second.TenantDeposit));
        Assert.Equal(129_000_000UL, _world.OrderAt(id).Reserve);
        // The tenant leaves, so nothing is sought any more and what was kept is its own again.
        _world.Must(Tenant, new CloseLease(2, CloseReason.Done, CloseMode.Now));
        Assert.Equal((OrderState.Filled, 0UL), (_world.OrderAt(id).State, _world.OrderAt(id).Reserve));
        _world.Advance(4000);
        Assert.Null(OrderStore.Read(_world.State, id));
        Assert.Equal(StartFunds + BidDeposit - OrderDeposit, _world.Balance(Tenant));
    }

    [Theory]
    [InlineData(CloseMode.Now, 500_000_000)]
    [InlineData(CloseMode.Notice, 280_000_000)]
    public void Provider_that_leaves_a_running_lease_is_replaced_for_the_rest(CloseMode mode, ulong escrow)
    {
        ulong lease = _world.StartedLease(Open with { Renewals = 1 });
        _world.Advance(30);
        _world.Must(ProviderA, new CloseLease(lease, CloseReason.Decommission, mode));
        _world.Advance(mode == CloseMode.Notice ? 20UL : 0);
        // 400 - 120 for 30 seconds + 240 of collateral for no notice, or - 200 for 50 seconds + 100 of the reserve; - 20 for the deposit.
        Order renewed = _world.OrderAt(1);
        Assert.Equal((OrderState.Open, (byte)0, escrow, 0UL), (renewed.State, renewed.Renewals, renewed.Escrow, renewed.Reserve));
        Assert.Equal(ResultCode.Exists, _world.Send(ProviderA, BidOn(1)));
        _world.Must(ProviderB, BidOn(1));
        _world.Must(Tenant, new AcceptBid(1, ProviderB));
        Assert.Equal((OrderState.Filled, ProviderB), (_world.OrderAt(1).State, _world.LeaseAt(2).Provider));
        Assert.Equal(escrow / RateMax * 4_000_000, _world.LeaseAt(2).Bucket);
        // The one renewal is used up: a second provider that leaves is not replaced.
        _world.Must(ProviderB, new CloseLease(2, CloseReason.Decommission, CloseMode.Now));
        Assert.Equal(OrderState.Filled, _world.OrderAt(1).State);
    }

    [Fact]
    public void Lease_that_its_tenant_ends_or_lets_run_dry_is_not_replaced()
    {
        ulong closed = _world.StartedLease(Open);
        ulong dry = _world.StartedLease(Open);
        ulong unstarted = _world.MakeLease(Open);
        _world.Must(Tenant, new CloseLease(closed, CloseReason.Done, CloseMode.Now));
        _world.Advance(100 + 20);
        Assert.Equal(
            (CloseReason.Done, CloseReason.OutOfFunds, LeaseState.NoShowTenant),
            (_world.LeaseAt(closed).Reason, _world.LeaseAt(dry).Reason, _world.LeaseAt(unstarted).State));
        for (ulong id = 1; id <= 3; id++)
        {
            Order order = _world.OrderAt(id);
            Assert.Equal((OrderState.Filled, (byte)0, (Int128)order.StorageDeposit), (order.State, order.Renewals, order.Held));
        }
    }

    [Fact]
    public void Provider_that_leaves_an_empty_bucket_leaves_nothing_to_replace_it_with()
    {
        ulong second = _world.StartedLease(Terms(prepaid: 60) with { Renewals = 2, RateMax = 4_000_000 });
        _world.Advance(45);
        _world.Must(ProviderA, new CloseLease(second, CloseReason.Unstable, CloseMode.Notice));
        ulong tenant = _world.Balance(Tenant);
        _world.Advance(20);
        // 60 seconds were paid for; the notice ran dry. That is the tenant's own doing.
        Assert.Equal((CloseReason.OutOfFunds, OrderState.Filled), (_world.LeaseAt(second).Reason, _world.OrderAt(1).State));
        ulong third = _world.StartedLease(Terms(prepaid: 60) with { Renewals = 2, RateMax = 4_000_000 });
        _world.Advance(36);
        _world.Must(ProviderA, new CloseLease(third, CloseReason.Unstable, CloseMode.Notice));
        _world.Advance(20);
        // 4 seconds are left, 20 are the least.
        Assert.Contains(_world.LastEvents, happened => happened.Type == "OrderNotRenewed");
        Assert.Equal((CloseReason.NoticeOver, OrderState.Filled), (_world.LeaseAt(third).Reason, _world.OrderAt(2).State));
        Assert.Equal(tenant - (4_000_000 * 56) - Storage - Storage, _world.Balance(Tenant));
    }

    [Fact]
    public void Cancelling_ends_all_renewals_and_no_lease()
    {
        ulong lease = _world.StartedLease(Open);
        ulong tenant = _world.Balance(Tenant);
        _world.Must(Stranger, new Deposit(DepositTarget.Order, 1, 7));
        Assert.Equal(100_000_007UL, _world.OrderAt(1).Reserve);
        Assert.Equal(ResultCode.NotOwner, _world.Send(Stranger, new CancelOrder(1)));
        _world.Must(Tenant, new CancelOrder(1));
        Assert.Equal(tenant + 100_000_007, _world.Balance(Tenant));
        Assert.Equal((OrderState.Cancelled, LeaseState.Active), (_world.OrderAt(1).State, _world.LeaseAt(lease).State));
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(Tenant, new CancelOrder(1)));
        _world.Must(ProviderA, new CloseLease(lease, CloseReason.Unstable, CloseMode.Now));
        Assert.Equal(OrderState.Cancelled, _world.OrderAt(1).State);
    }

    [Fact]
    public void Replica_that_is_replaced_keeps_to_the_spread_of_those_that_run()
    {
        Address third = AddressOf(20), linked = AddressOf(21);
        foreach (Address address in (Address[])[third, linked]) _world.Mint(address, StartFunds);
        _world.AddProvider(third, "eu");
        _world.AddProvider(linked, "eu");
        foreach (Address address in (Address[])[ProviderA, linked]) Providers.Store(_world.State, _world.ProviderAt(address) with { Did = "did:one" });
        ulong id = _world.OpenOrder(Terms(replicas: 2) with { Renewals = 3, RegionMax = 1 });
        foreach (Address provider in (Address[])[ProviderA, ProviderB])
        {
            _world.Must(provider, BidOn(id));
            _world.Must(Tenant, new AcceptBid(id, provider));
        }
        Assert.Equal([1UL, 2UL], _world.OrderAt(id).Leases);
        _world.Must(ProviderA, new CloseLease(1, CloseReason.Unstable, CloseMode.Now));
        Assert.Equal((OrderState.Open, (byte)1), (_world.OrderAt(id).State, _world.OrderAt(id).Leased));
        Assert.Equal(ResultCode.Exists, _world.Send(ProviderB, BidOn(id)));
        foreach (Address provider in (Address[])[third, linked]) _world.Must(provider, BidOn(id));
        // Who left does not come back by another name; its region is free again.
        Assert.Equal(ResultCode.LinkedIdentity, _world.Send(Tenant, new AcceptBid(id, linked)));
        _world.Must(Tenant, new AcceptBid(id, third));
        Assert.Equal([2UL, 3UL], _world.OrderAt(id).Leases);
    }

    [Fact]
    public void Replica_that_is_left_while_its_auction_runs_is_taken_in()
    {
        ulong id = _world.OpenOrder(Terms(replicas: 2) with { Renewals = 1 });
        _world.Must(ProviderA, BidOn(id));
        _world.Must(Tenant, new AcceptBid(id, ProviderA));
        MarketTime due = _world.OrderAt(id).Due;
        _world.Must(ProviderA, new CloseLease(1, CloseReason.Unstable, CloseMode.Now));
        Order order = _world.OrderAt(id);
        Assert.Equal((OrderState.Open, (byte)0, due, 2 * OrderDeposit), (order.State, order.Leased, order.Due, order.Deposit));
        Assert.Equal(1_000_000_000UL, order.Escrow);
    }

    [Fact]
    public void Sealed_renewal_asks_for_new_commitments_of_everybody()
    {
        ulong id = _world.OpenOrder(Terms(replicas: 2) with { Mode = AuctionMode.SealedFirst, Renewals = 1, RegionMax = 0 });
        Seal(id, ProviderA, 3_000_000);
        Seal(id, ProviderB, 4_000_000);
        _world.Advance(60);
        _world.Must(ProviderA, new RevealBid(id, 3_000_000, HashOf(3)));
        _world.Advance(10);
        // One replica found nobody: the silent bidder lost its deposit, and may bid again.
        Order order = _world.OrderAt(id);
        Assert.Equal((OrderState.Open, (byte)1, (byte)0), (order.State, order.Leased, order.Renewals));
        Assert.Equal([ProviderA], order.Ended);
        Assert.Equal(ResultCode.NotFound, _world.Send(ProviderB, new RevealBid(id, 4_000_000, HashOf(3))));
        Seal(id, ProviderB, 2_000_000);
        _world.Advance(60);
        _world.Must(ProviderB, new RevealBid(id, 2_000_000, HashOf(3)));
        _world.Advance(10);
        Assert.Equal((OrderState.Filled, 2_000_000UL), (_world.OrderAt(id).State, _world.LeaseAt(2).Terms.RatePerSecond));
    }

    [Fact]
    public void Posted_price_is_not_renewed()
    {
        ulong offer = _world.PostOffer();
        Assert.Equal(ResultCode.BadState, _world.Send(Tenant, new TakeOffer(offer, Open)));
    }

    private void Seal(ulong order, in Address provider, ulong rate)
    {
        Hash256 commit = AuctionMath.Commit(ChainId, order, provider, rate, HashOf(3));
        _world.Must(provider, new SealBid(order, commit, BidDeposit, 20));
    }

    private void Win(ulong order, in Address provider, ulong rate)
    {
        Seal(order, provider, rate);
        _world.Advance(_world.OrderAt(order).Due.Seconds - _world.Now.Seconds);
        _world.Must(provider, new RevealBid(order, rate, HashOf(3)));
        _world.Advance(10);
    }
}
