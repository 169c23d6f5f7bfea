using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class CloseTests
{
    private const ulong Rate = 4_000_000;
    private const ulong Bucket = Rate * 100;
    private const ulong Collateral = Rate * 60;

    [Fact]
    public void Close_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        CloseLease now = new(1, CloseReason.Done, CloseMode.Now);
        CloseLease notice = now with { Mode = CloseMode.Notice };
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, now));
        ulong id = world.MakeLease();
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, notice));
        world.Must(Tenant, new StartLease(id, default, default));
        world.Must(ProviderA, new StartLease(id, HashOf(7), HashOf(8)));
        Assert.Equal(ResultCode.NotOwner, world.Send(Stranger, now));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, notice));
        world.Must(ProviderA, notice);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(ProviderA, notice));
        world.Must(Tenant, now);
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, now));
    }

    [Fact]
    public void Close_by_the_tenant_after_the_minimum_term_returns_the_bucket()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(minTerm: 10));
        world.Advance(13);
        ulong before = world.Balance(Tenant);
        world.Must(Tenant, new CloseLease(id, CloseReason.Done, CloseMode.Now));
        Lease lease = world.LeaseAt(id);
        Assert.Equal((LeaseState.Closed, CloseReason.Done, world.Now), (lease.State, lease.Reason, lease.ClosedAt));
        Assert.Equal(before + Bucket - (13 * Rate), world.Balance(Tenant));
        Assert.Equal((0UL, 0UL, 13 * Rate * 49 / 50), (lease.Bucket, lease.Pending, lease.Claimable));
        Assert.Equal(0UL, world.Leased(ProviderA));
        Assert.Equal(Collateral, world.ProviderAt(ProviderA).Locked);
    }

    [Theory]
    [InlineData(50UL, 23UL)]
    [InlineData(1000UL, 96UL)]
    public void Close_by_the_tenant_before_the_minimum_term_pays_half_of_the_rest(ulong minTerm, ulong paidSeconds)
    {
        // 50 s: half of the 46 s that are missing; 1000 s: more than the bucket holds, so all of it.
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(minTerm: minTerm));
        world.Advance(4);
        ulong before = world.Balance(Tenant);
        world.Must(Tenant, new CloseLease(id, CloseReason.Done, CloseMode.Now));
        Assert.Equal(before + ((96 - paidSeconds) * Rate), world.Balance(Tenant));
        Assert.Equal((4 * Rate * 49 / 50) + (paidSeconds * Rate), world.LeaseAt(id).Claimable);
    }

    [Fact]
    public void Close_by_the_provider_at_once_pays_for_the_notice_out_of_its_stake()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(4);
        ulong before = world.Balance(Tenant);
        world.Must(ProviderA, new CloseLease(id, CloseReason.Unstable, CloseMode.Now));
        Assert.Equal(before + (96 * Rate) + (20 * Rate), world.Balance(Tenant));
        Assert.Equal(Stake - (20 * Rate), world.ProviderAt(ProviderA).Bonded);
        Assert.Equal(Collateral - (20 * Rate), world.ProviderAt(ProviderA).Locked);
        Assert.Equal(Collateral - (20 * Rate), world.LeaseAt(id).Collateral);
        world.Advance(20);
        Assert.Equal(0UL, world.ProviderAt(ProviderA).Locked);
    }

    [Fact]
    public void Notice_of_the_provider_ends_the_lease_without_a_penalty()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(minTerm: 1000));
        world.Advance(5);
        world.Must(ProviderA, new CloseLease(id, CloseReason.Decommission, CloseMode.Notice));
        world.Advance(19);
        Assert.Equal(LeaseState.Notice, world.LeaseAt(id).State);
        ulong before = world.Balance(Tenant);
        world.Advance(1);
        Lease lease = world.LeaseAt(id);
        Assert.Equal((LeaseState.Closed, CloseReason.NoticeOver), (lease.State, lease.Reason));
        Assert.Equal(before + (75 * Rate), world.Balance(Tenant));
        Assert.Equal(25 * Rate, lease.DueTotal);
        Assert.Equal(Stake, world.ProviderAt(ProviderA).Bonded);
    }

    [Fact]
    public void Notice_cut_short_costs_the_provider_the_rest_and_the_tenant_nothing()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(minTerm: 1000));
        world.Must(ProviderA, new CloseLease(id, CloseReason.Decommission, CloseMode.Notice));
        world.Advance(15);
        ulong before = world.Balance(Tenant);
        world.Must(ProviderA, new CloseLease(id, CloseReason.Unstable, CloseMode.Now));
        Assert.Equal(before + (85 * Rate) + (5 * Rate), world.Balance(Tenant));

        MarketWorld other = new();
        ulong lease = other.StartedLease(Terms(minTerm: 1000));
        other.Must(ProviderA, new CloseLease(lease, CloseReason.Decommission, CloseMode.Notice));
        ulong held = other.Balance(Tenant);
        other.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        Assert.Equal(held + Bucket, other.Balance(Tenant));
    }

    [Fact]
    public void Notice_ends_early_when_the_bucket_is_empty()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(prepaid: 20));
        world.Advance(10);
        world.Must(ProviderA, new CloseLease(id, CloseReason.Decommission, CloseMode.Notice));
        world.Advance(10);
        Assert.Equal((LeaseState.Closed, CloseReason.OutOfFunds), (world.LeaseAt(id).State, world.LeaseAt(id).Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Close_of_a_starved_lease_is_free_for_either(bool byTenant)
    {
        MarketWorld world = new();
        ulong id = world.StartedLease(Terms(prepaid: 20, minTerm: 1000));
        world.Advance(22);
        Assert.Equal(LeaseState.Starved, world.LeaseAt(id).State);
        ulong tenant = world.Balance(Tenant);
        world.Must(byTenant ? Tenant : ProviderA, new CloseLease(id, CloseReason.Unspecified, CloseMode.Now));
        Assert.Equal(tenant, world.Balance(Tenant));
        Assert.Equal(Stake, world.ProviderAt(ProviderA).Bonded);
        Assert.Equal(20 * Rate * 49 / 50, world.LeaseAt(id).Claimable);
    }
}
