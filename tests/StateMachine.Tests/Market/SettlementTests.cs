using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class SettlementTests
{
    private const ulong Rate = 4_000_000;
    private const ulong Bucket = Rate * 100;

    [Fact]
    public void Settle_moves_what_is_due_from_bucket_to_pending()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(7);
        Assert.Equal(0UL, world.LeaseAt(id).Pending);
        world.Must(Stranger, new SettleLeases([id]));
        Lease lease = world.LeaseAt(id);
        Assert.Equal((Bucket - (7 * Rate), 7 * Rate, 0UL), (lease.Bucket, lease.Pending, lease.Claimable));
        Assert.Equal(7 * Rate, lease.DueTotal);
        List<string> once = world.Dump();
        world.Must(Stranger, new SettleLeases([id]));
        Assert.Equal(once, world.Dump());
        Assert.Equal(ResultCode.NotFound, world.Send(Stranger, new SettleLeases([id, 99])));
    }

    [Fact]
    public void Epoch_closed_pays_fee_to_the_pools_and_the_rest_to_claimable()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(10);
        Lease lease = world.LeaseAt(id);
        ulong due = 10 * Rate;
        ulong fee = due / 50;
        Assert.Equal((Bucket - due, 0UL, due - fee), (lease.Bucket, lease.Pending, lease.Claimable));
        Assert.Equal(fee, lease.FeeTotal);
        PoolBalances pools = Pools.Load(world.State);
        Assert.Equal((fee / 2, fee / 4, fee / 4), (pools.Burned, pools.Reliability, pools.Treasury));
        // A late look closes each epoch at its own boundary.
        world.Advance(35);
        lease = world.LeaseAt(id);
        Assert.Equal(40 * Rate * 49 / 50, lease.Claimable);
        Assert.Equal(0UL, lease.Pending);
    }

    [Fact]
    public void Withdraw_by_the_provider_takes_claimable_and_no_more()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, new Withdraw(id, 0)));
        world.Advance(10);
        ulong claimable = 10 * Rate * 49 / 50;
        ulong before = world.Balance(ProviderA);
        Assert.Equal(ResultCode.Insolvent, world.Send(ProviderA, new Withdraw(id, claimable + 1)));
        world.Must(ProviderA, new Withdraw(id, 1000));
        Assert.Equal(before + 1000, world.Balance(ProviderA));
        world.Must(ProviderA, new Withdraw(id, 0));
        Assert.Equal(before + claimable, world.Balance(ProviderA));
        Assert.Equal(0UL, world.LeaseAt(id).Claimable);
    }

    [Fact]
    public void Withdraw_by_the_tenant_takes_what_is_above_the_lockup()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new Withdraw(1, 1)));
        ulong id = world.MakeLease();
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new Withdraw(id, 1)));
        world.Must(Tenant, new StartLease(id, default, default));
        world.Must(ProviderA, new StartLease(id, HashOf(7), HashOf(8)));
        Assert.Equal(ResultCode.NotOwner, world.Send(Stranger, new Withdraw(id, 1)));
        world.Advance(5);
        ulong surplus = Bucket - (15 * Rate);
        Assert.Equal(ResultCode.Insolvent, world.Send(Tenant, new Withdraw(id, surplus + 1)));
        ulong before = world.Balance(Tenant);
        world.Must(Tenant, new Withdraw(id, 0));
        Assert.Equal(before + surplus, world.Balance(Tenant));
        Assert.Equal(world.Now + 10, world.LeaseAt(id).PaidUntil);
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, new Withdraw(id, 0)));
    }

    [Fact]
    public void Lease_out_of_funds_starves_waits_out_its_grace_and_closes_without_a_debt()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(prepaid: 25));
        MarketTime start = world.Now;
        world.Advance(24);
        Assert.Equal(LeaseState.Active, world.LeaseAt(id).State);
        world.Advance(1);
        Lease lease = world.LeaseAt(id);
        Assert.Equal(LeaseState.Starved, lease.State);
        Assert.Equal((0UL, 5 * Rate), (lease.Bucket, lease.Pending));
        Assert.Equal(start + 35, lease.StateUntil);
        world.Advance(9);
        lease = world.LeaseAt(id);
        Assert.Equal(LeaseState.Starved, lease.State);
        Assert.Equal((0UL, 25 * Rate * 49 / 50), (lease.Pending, lease.Claimable));
        world.Advance(1);
        lease = world.LeaseAt(id);
        Assert.Equal((LeaseState.Closed, CloseReason.OutOfFunds), (lease.State, lease.Reason));
        Assert.Equal(25 * Rate, lease.DueTotal);
        Assert.Equal(0UL, world.Leased(ProviderA));
    }

    [Fact]
    public void Settle_runs_the_steps_that_a_backlog_has_left_waiting()
    {
        MarketWorld world = new();
        OrderTerms whole = Terms(prepaid: 20);
        whole = whole with { Needs = whole.Needs with { Resources = new ResourceVector(4000) } };
        ulong id = world.StartedLease(whole);
        world.Parameters = world.Parameters.With(ParameterId.TimedWorkMax, 0);
        world.Advance(30);
        ulong order = world.OpenOrder(whole);
        Assert.Equal(ResultCode.Capacity, world.Send(ProviderA, BidOn(order)));
        world.Must(Stranger, new SettleLeases([id]));
        Assert.Equal(LeaseState.Closed, world.LeaseAt(id).State);
        world.Must(ProviderA, BidOn(order));
    }

    [Fact]
    public void Lease_closed_is_final_after_the_dispute_window_and_pays_out_what_is_left()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(10);
        world.Must(Tenant, new CloseLease(id, CloseReason.Done, CloseMode.Now));
        Assert.Equal(60 * Rate, world.ProviderAt(ProviderA).Locked);
        world.Advance(19);
        Assert.Equal(LeaseState.Closed, world.LeaseAt(id).State);
        world.Advance(1);
        Assert.True(world.LeaseAt(id).Held == Storage);
        Assert.Equal(LeaseState.Final, world.LeaseAt(id).State);
        Assert.Equal((0UL, 0UL), (world.ProviderAt(ProviderA).Locked, world.ProviderAt(ProviderA).LiveLeases));
        Assert.Equal(StartFunds - Storage + (10 * Rate * 49 / 50), world.Balance(ProviderA));
        world.Advance(3609);
        Assert.Equal(LeaseState.Final, world.LeaseAt(id).State);
        world.Advance(1);
        Assert.Null(LeaseStore.Read(world.State, id));
        Assert.Equal(StartFunds - (10 * Rate), world.Balance(Tenant));
    }
}
