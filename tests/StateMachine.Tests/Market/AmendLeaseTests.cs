using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class AmendLeaseTests
{
    private const ulong Rate = 4_000_000;
    private static readonly AmendedTerms Dearer = new(new ResourceVector(2500), 2 * Rate, 50);

    [Fact]
    public void Amended_lease_is_paid_at_the_old_rate_before_and_at_the_new_one_after()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(10);
        world.Must(Tenant, Propose(id, Dearer));
        Assert.Equal(Rate, world.LeaseAt(id).Terms.RatePerSecond);
        world.Advance(3);
        world.Must(ProviderA, Accept(id, Dearer));
        Lease lease = world.LeaseAt(id);
        Assert.Equal((2500UL, 2 * Rate, 50UL), (lease.Terms.Resources.CpuMilli, lease.Terms.RatePerSecond, lease.Terms.MinTermSeconds));
        Assert.Equal((87 * Rate, 13 * Rate), (lease.Bucket, lease.DueTotal));
        // 87 s at the old rate are 43 s at twice the rate, and half a second's worth is left.
        Assert.Equal(world.Now + 43, lease.PaidUntil);
        Assert.Equal((120 * Rate, 120 * Rate), (lease.Collateral, world.ProviderAt(ProviderA).Locked));
        Assert.Equal(2500UL, world.Leased(ProviderA));
        Assert.Null(AmendmentStore.Read(world.State, id));
        world.Advance(43);
        Assert.Equal((LeaseState.Starved, Rate, 99 * Rate), (
            world.LeaseAt(id).State, world.LeaseAt(id).Bucket, world.LeaseAt(id).DueTotal));
    }

    [Fact]
    public void Cheaper_terms_free_units_and_collateral_and_make_the_bucket_last_longer()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(96);
        AmendedTerms cheaper = new(new ResourceVector(400), Rate / 2, 0);
        world.Must(ProviderA, Propose(id, cheaper));
        world.Must(Tenant, Accept(id, cheaper));
        // The least collateral of 0.1 credits is less than 60 s at 2,000,000.
        Assert.Equal(30 * Rate, world.ProviderAt(ProviderA).Locked);
        Assert.Equal(400UL, world.Leased(ProviderA));
        Assert.Equal(world.Now + 8, world.LeaseAt(id).PaidUntil);
        world.Must(Tenant, new CloseLease(id, CloseReason.Done, CloseMode.Now));
        Assert.Equal(0UL, world.Leased(ProviderA));
        world.Advance(100_000);
        Assert.Equal(0UL, world.ProviderAt(ProviderA).Locked);
    }

    [Fact]
    public void Proposal_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, Propose(1, Dearer)));
        ulong id = world.MakeLease();
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, Propose(id, Dearer)));
        world.Must(Tenant, new StartLease(id, default, default));
        world.Must(ProviderA, new StartLease(id, HashOf(7), HashOf(8)));
        Assert.Equal(ResultCode.NotOwner, world.Send(Stranger, Propose(id, Dearer)));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, Propose(id, Dearer with { Resources = ResourceVector.None })));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, Propose(id, Dearer with { RatePerSecond = 0 })));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, Propose(id, Dearer, valid: 0)));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Propose(id, Dearer with { Resources = new ResourceVector(1_000_000_001) })));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Propose(id, Dearer with { RatePerSecond = ulong.MaxValue })));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Propose(id, Dearer with { MinTermSeconds = ulong.MaxValue })));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Propose(id, Dearer, valid: 3601)));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Tenant, Propose(id, new(new ResourceVector(1000), Rate, 0))));
        world.Must(ProviderA, new CloseLease(id, CloseReason.Done, CloseMode.Notice));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, Propose(id, Dearer)));
    }

    [Fact]
    public void Acceptance_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, Accept(id, Dearer)));
        world.Must(Tenant, Propose(id, Dearer, valid: 10));
        Assert.Equal(ResultCode.SelfDeal, world.Send(Tenant, Accept(id, Dearer)));
        Assert.Equal(ResultCode.NoMatch, world.Send(ProviderA, Accept(id, Dearer with { MinTermSeconds = 51 })));
        world.Advance(10);
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderA, Accept(id, Dearer)));
        // What is asked for last counts, whoever asks.
        AmendedTerms wide = Dearer with { Resources = new ResourceVector(4001) };
        world.Must(ProviderA, Propose(id, wide));
        Assert.Equal(ResultCode.Capacity, world.Send(Tenant, Accept(id, wide)));
        world.Must(Tenant, Propose(id, Dearer));
        world.Parameters = world.Parameters.With(ParameterId.CollateralMin, Stake + 1);
        Assert.Equal(ResultCode.StakeLocked, world.Send(ProviderA, Accept(id, Dearer)));
    }

    [Fact]
    public void Higher_rate_needs_the_lock_up_time_in_the_bucket()
    {
        // Lock-up is 10 s: 9 times the rate does not pay for it, 90 s of bucket at the old rate.
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Advance(11);
        AmendedTerms steep = new(new ResourceVector(1000), 9 * Rate, 0);
        world.Must(ProviderA, Propose(id, steep));
        Assert.Equal(ResultCode.Insolvent, world.Send(Tenant, Accept(id, steep)));
        world.Must(Tenant, new Deposit(DepositTarget.Lease, id, Rate));
        world.Must(Tenant, Accept(id, steep));
        Assert.Equal(world.Now + 10, world.LeaseAt(id).PaidUntil);
    }

    [Fact]
    public void Proposal_goes_with_the_record_of_its_lease()
    {
        MarketWorld world = new();
        ulong id = world.StartedLease();
        world.Must(Tenant, Propose(id, Dearer));
        world.Advance(100_000);
        Assert.Null(LeaseStore.Read(world.State, id));
        Assert.Null(AmendmentStore.Read(world.State, id));
    }

    private static AmendLease Propose(ulong lease, AmendedTerms terms, ulong valid = 60) =>
        new(lease, AmendAction.Propose, terms, valid);

    private static AmendLease Accept(ulong lease, AmendedTerms terms) => new(lease, AmendAction.Accept, terms, 0);
}
