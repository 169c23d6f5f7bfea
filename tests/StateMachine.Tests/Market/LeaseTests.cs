using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class LeaseTests
{
    private const ulong Rate = 4_000_000;
    private const ulong Bucket = Rate * 100;
    private const ulong Collateral = Rate * 60;

    [Fact]
    public void Lease_made_fills_the_bucket_refunds_the_difference_and_the_losers()
    {
        MarketWorld world = new();
        ulong order = world.OpenOrder();
        world.Must(ProviderA, BidOn(order, Rate));
        world.Must(ProviderB, BidOn(order, RateMax));
        world.Must(Tenant, new AcceptBid(order, ProviderA));
        Lease lease = world.LeaseAt(1);
        Assert.Equal(LeaseState.Pending, lease.State);
        Assert.Equal(Bucket, lease.Bucket);
        Assert.Equal(Collateral, lease.Collateral);
        Assert.Equal((OrderDeposit, BidDeposit), (lease.TenantDeposit, lease.ProviderDeposit));
        Assert.Equal(StartFunds - Bucket - OrderDeposit - (2 * Storage), world.Balance(Tenant));
        Assert.Equal(StartFunds - Storage, world.Balance(ProviderB));
        Assert.Equal((0UL, 0UL), (world.ProviderAt(ProviderB).Locked, world.Reserved(ProviderB)));
        Assert.Equal((0UL, 1000UL, 1UL), (world.Reserved(ProviderA), world.Leased(ProviderA), world.ProviderAt(ProviderA).LiveLeases));
        Assert.Equal(OrderState.Filled, world.OrderAt(order).State);
        Assert.Equal((0UL, 0UL), (world.OrderAt(order).Escrow, world.OrderAt(order).Deposit));
        Assert.Equal(BidState.Won, BidStore.Load(world.State, order, ProviderA)!.State);
        Assert.Equal(BidState.Lost, BidStore.Load(world.State, order, ProviderB)!.State);
    }

    [Fact]
    public void Lease_of_one_replica_leaves_the_order_open_for_the_other()
    {
        MarketWorld world = new();
        ulong order = world.OpenOrder(Terms(replicas: 2));
        world.Must(ProviderA, BidOn(order, Rate));
        world.Must(Tenant, new AcceptBid(order, ProviderA));
        Assert.Equal(OrderState.Matched, world.OrderAt(order).State);
        Assert.Equal(RateMax * 100, world.OrderAt(order).Escrow);
        Assert.Equal(ResultCode.Exists, world.Send(ProviderA, BidOn(order, 1)));
        world.Must(ProviderB, BidOn(order, Rate));
        world.Must(Tenant, new AcceptBid(order, ProviderB));
        Assert.Equal(OrderState.Filled, world.OrderAt(order).State);
    }

    [Fact]
    public void Lease_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new AcceptBid(1, ProviderA)));
        ulong order = world.OpenOrder();
        world.Must(ProviderA, BidOn(order));
        Assert.Equal(ResultCode.NotOwner, world.Send(Stranger, new AcceptBid(order, ProviderA)));
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new AcceptBid(order, ProviderB)));
        Parameters before = world.Parameters;
        world.Parameters = before.With(ParameterId.StorageDeposit, StartFunds);
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(Tenant, new AcceptBid(order, ProviderA)));
        world.Parameters = before;
        world.Must(Tenant, new AcceptBid(order, ProviderA));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new AcceptBid(order, ProviderA)));
        ulong late = world.OpenOrder();
        world.Must(ProviderB, BidOn(late));
        world.Advance(60);
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new AcceptBid(late, ProviderB)));
    }

    [Fact]
    public void Start_by_both_returns_the_deposits_and_starts_the_clock()
    {
        MarketWorld world = new();
        ulong id = world.MakeLease();
        world.Advance(3);
        world.Must(ProviderA, new StartLease(id, HashOf(7), HashOf(8)));
        Assert.Equal(LeaseState.Pending, world.LeaseAt(id).State);
        world.Advance(4);
        world.Must(Tenant, new StartLease(id, default, default));
        Lease lease = world.LeaseAt(id);
        Assert.Equal(LeaseState.Active, lease.State);
        Assert.Equal((world.Now, world.Now), (lease.StartedAt, lease.SettledAt));
        Assert.Equal(world.Now + 100, lease.PaidUntil);
        Assert.Equal(StartFunds - Bucket - (2 * Storage), world.Balance(Tenant));
        Assert.Equal(StartFunds - Storage, world.Balance(ProviderA));
    }

    [Fact]
    public void Start_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        StartLease byProvider = new(1, HashOf(7), HashOf(8));
        StartLease byTenant = new(1, default, default);
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, byTenant));
        world.MakeLease();
        Assert.Equal(ResultCode.NotOwner, world.Send(Stranger, byTenant));
        Assert.Equal(ResultCode.BadSchema, world.Send(Tenant, byProvider));
        Assert.Equal(ResultCode.BadSchema, world.Send(ProviderA, byTenant));
        world.Must(Tenant, byTenant);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Tenant, byTenant));
        world.Must(ProviderA, byProvider);
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, byProvider));
    }

    [Fact]
    public void NoShow_of_the_tenant_gives_its_deposit_to_the_provider()
    {
        MarketWorld world = new();
        ulong id = world.MakeLease();
        world.Must(ProviderA, new StartLease(id, HashOf(7), HashOf(8)));
        world.Advance(19);
        Assert.Equal(LeaseState.Pending, world.LeaseAt(id).State);
        world.Advance(1);
        Assert.Equal(StartFunds - OrderDeposit - (2 * Storage), world.Balance(Tenant));
        Assert.Equal(StartFunds + OrderDeposit - Storage, world.Balance(ProviderA));
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new StartLease(id, default, default)));
        AssertNoShow(world, id, LeaseState.NoShowTenant);
        Assert.Equal(StartFunds - OrderDeposit, world.Balance(Tenant));
        Assert.Equal(StartFunds + OrderDeposit, world.Balance(ProviderA));
    }

    [Fact]
    public void NoShow_of_the_provider_gives_its_deposit_to_the_tenant()
    {
        MarketWorld world = new();
        ulong id = world.MakeLease();
        world.Must(Tenant, new StartLease(id, default, default));
        world.Advance(39);
        Assert.Equal(LeaseState.Pending, world.LeaseAt(id).State);
        world.Advance(1);
        Assert.Equal(StartFunds + BidDeposit - (2 * Storage), world.Balance(Tenant));
        Assert.Equal(StartFunds - BidDeposit - Storage, world.Balance(ProviderA));
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderA, new StartLease(id, HashOf(7), HashOf(8))));
        AssertNoShow(world, id, LeaseState.NoShowProvider);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Close_before_the_start_makes_the_leaver_the_one_who_did_not_show_up(bool byTenant)
    {
        MarketWorld world = new();
        ulong id = world.MakeLease();
        world.Must(byTenant ? Tenant : ProviderA, new CloseLease(id, CloseReason.Unspecified, CloseMode.Now));
        AssertNoShow(world, id, byTenant ? LeaseState.NoShowTenant : LeaseState.NoShowProvider);
    }

    private static void AssertNoShow(MarketWorld world, ulong id, LeaseState state)
    {
        Lease lease = world.LeaseAt(id);
        Assert.Equal(state, lease.State);
        Assert.True(lease.Held == Storage);
        Assert.Equal((0UL, 0UL, 0UL), (world.ProviderAt(ProviderA).Locked, world.Leased(ProviderA), world.ProviderAt(ProviderA).LiveLeases));
        world.Advance(3600);
        Assert.Null(LeaseStore.Read(world.State, id));
    }
}
