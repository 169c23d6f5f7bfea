using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class DepositTests
{
    private const ulong Rate = 4_000_000;

    [Fact]
    public void Deposit_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new Deposit(DepositTarget.Lease, 1, 1)));
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new Deposit(DepositTarget.Order, 1, 1)));
        ulong open = world.OpenOrder();
        ulong lease = world.StartedLease();
        foreach (DepositTarget target in (DepositTarget[])[DepositTarget.Order, DepositTarget.Lease])
        {
            ulong id = target == DepositTarget.Order ? open : lease;
            Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, new Deposit(target, id, 0)));
            Assert.Equal(ResultCode.InsufficientFunds, world.Send(Stranger, new Deposit(target, id, StartFunds + 1)));
        }
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new Deposit(DepositTarget.Order, open + 1, 1)));
        world.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new Deposit(DepositTarget.Lease, lease, 1)));
        world.Advance(60);
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new Deposit(DepositTarget.Order, open, 1)));
    }

    [Fact]
    public void Deposit_of_anyone_lets_a_lease_run_longer()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        MarketTime paidUntil = world.LeaseAt(id).PaidUntil;
        world.Advance(5);
        world.Must(Stranger, new Deposit(DepositTarget.Lease, id, 7 * Rate));
        Lease lease = world.LeaseAt(id);
        Assert.Equal(paidUntil + 7, lease.PaidUntil);
        Assert.Equal((102 * Rate, LeaseState.Active), (lease.Bucket, lease.State));
        Assert.Equal(StartFunds - (7 * Rate), world.Balance(Stranger));
    }

    [Fact]
    public void Starved_lease_runs_on_and_the_time_without_credits_is_not_charged()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(104);
        Assert.Equal(LeaseState.Starved, world.LeaseAt(id).State);
        // Less than a second's worth waits in the bucket.
        world.Must(Stranger, new Deposit(DepositTarget.Lease, id, Rate - 1));
        Assert.Equal((LeaseState.Starved, Rate - 1), (world.LeaseAt(id).State, world.LeaseAt(id).Bucket));
        world.Must(Stranger, new Deposit(DepositTarget.Lease, id, (19 * Rate) + 1));
        Lease resumed = world.LeaseAt(id);
        Assert.Equal((LeaseState.Active, default, world.Now + 20), (resumed.State, resumed.StateUntil, resumed.PaidUntil));
        world.Advance(12);
        world.Must(Stranger, new SettleLeases([id]));
        Assert.Equal((112 * Rate, 8 * Rate), (world.LeaseAt(id).DueTotal, world.LeaseAt(id).Bucket));
        // It starves again, with a new grace, and ends.
        world.Advance(8);
        Assert.Equal((LeaseState.Starved, world.Now + 10), (world.LeaseAt(id).State, world.LeaseAt(id).StateUntil));
        world.Advance(10);
        Assert.Equal((LeaseState.Closed, 120 * Rate), (world.LeaseAt(id).State, world.LeaseAt(id).DueTotal));
    }

    [Fact]
    public void Deposit_before_the_start_or_during_notice_stays_in_the_bucket()
    {
        MarketWorld world = new();
        ulong id = world.MakeLease();
        world.Must(Stranger, new Deposit(DepositTarget.Lease, id, Rate));
        Assert.Equal((LeaseState.Pending, 101 * Rate), (world.LeaseAt(id).State, world.LeaseAt(id).Bucket));
        world.Must(Tenant, new StartLease(id, default, default));
        world.Must(ProviderA, new StartLease(id, HashOf(7), HashOf(8)));
        world.Must(ProviderA, new CloseLease(id, CloseReason.Done, CloseMode.Notice));
        world.Must(Stranger, new Deposit(DepositTarget.Lease, id, Rate));
        Assert.Equal((LeaseState.Notice, 102 * Rate), (world.LeaseAt(id).State, world.LeaseAt(id).Bucket));
        ulong before = world.Balance(Tenant);
        world.Must(ProviderA, new CloseLease(id, CloseReason.Done, CloseMode.Now));
        // The whole bucket and the penalty for 20 s of notice are the tenant's.
        Assert.Equal(before + (122 * Rate), world.Balance(Tenant));
    }

    [Fact]
    public void Deposit_into_an_order_fills_the_buckets_of_its_leases_to_the_last_unit()
    {
        MarketWorld world = new();
        ulong order = world.OpenOrder(Terms(replicas: 2));
        world.Must(Stranger, new Deposit(DepositTarget.Order, order, 7));
        Assert.Equal((RateMax * 200) + 7, world.OrderAt(order).Escrow);
        world.Must(ProviderA, BidOn(order, Rate));
        world.Must(ProviderB, BidOn(order, RateMax));
        world.Must(Tenant, new AcceptBid(order, ProviderA));
        Assert.Equal((Rate * 100) + 3, world.LeaseAt(1).Bucket);
        world.Must(Tenant, new AcceptBid(order, ProviderB));
        Assert.Equal((RateMax * 100) + 4, world.LeaseAt(2).Bucket);
        Assert.Equal((OrderState.Filled, 0UL), (world.OrderAt(order).State, world.OrderAt(order).Escrow));
    }

    [Fact]
    public void Deposit_into_an_order_that_expires_goes_to_the_tenant()
    {
        MarketWorld world = new();
        ulong order = world.OpenOrder();
        world.Must(Stranger, new Deposit(DepositTarget.Order, order, 7));
        world.Advance(60);
        Assert.Equal(StartFunds + 7 - Storage, world.Balance(Tenant));
    }
}
