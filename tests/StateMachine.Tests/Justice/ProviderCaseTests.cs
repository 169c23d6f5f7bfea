using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reputation;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>Cases that the provider of a lease opens against its tenant.</summary>
public sealed class ProviderCaseTests
{
    private readonly JusticeWorld _justice = new();

    private MarketWorld World => _justice.World;

    /// <summary>A lease of 4,000,000 a second with 4,000,000,000 in the bucket at its start, of which 40,000,000 are locked up.</summary>
    private ulong Rich()
    {
        ulong lease = World.StartedLease(Terms(prepaid: 1000));
        World.Advance(10);
        return lease;
    }

    [Fact]
    public void Award_comes_out_of_the_bucket_above_the_lock_up_and_the_rest_goes_back()
    {
        ulong lease = Rich();
        ulong most = WithdrawRules.Surplus(LeaseSettlement.Settle(World.LeaseAt(lease), World.Now));
        Assert.Equal(ResultCode.OverMaximum, World.Send(ProviderA, Against(lease, most + 1)));
        ulong bucket = World.LeaseAt(lease).Bucket;
        ulong balance = World.Balance(ProviderA);
        World.Must(ProviderA, Against(lease, 1_000_000_000));
        Assert.Equal((bucket - 1_000_000_000, 1_000_000_000UL), (World.LeaseAt(lease).Bucket, World.LeaseAt(lease).Frozen));
        World.Must(Tenant, new AnswerDispute(1, AnswerAction.Settle, default, 2500));
        World.Must(ProviderA, new AnswerDispute(1, AnswerAction.Settle, default, 2500));
        Assert.Equal((bucket - 250_000_000, 0UL), (World.LeaseAt(lease).Bucket, World.LeaseAt(lease).Frozen));
        // All but the deposit for the record came back.
        Assert.Equal(balance + 250_000_000 - Storage, World.Balance(ProviderA));
        Assert.Equal(0UL, World.LeaseAt(lease).CaseId);
    }

    [Fact]
    public void Silence_of_the_tenant_concedes_and_counts_against_it_as_a_tenant()
    {
        ulong lease = Rich();
        World.Must(ProviderA, Against(lease, 1_000_000_000));
        ulong balance = World.Balance(ProviderA);
        World.Advance(10);
        Assert.Equal(CaseState.Final, _justice.CaseAt(1).State);
        Assert.Equal(balance + 1_000_000_000 + Bond(1_000_000_000), World.Balance(ProviderA));
        ReputationSeason counted = ReputationBook.Read(World.State, Tenant, ReputationPart.TenantDispute).Seasons[0];
        Assert.Equal((0UL, ReputationMath.Million), (counted.Good, counted.Total));
        Assert.Empty(ReputationBook.Read(World.State, ProviderA, ReputationPart.Dispute).Seasons);
    }

    [Fact]
    public void Jury_against_the_provider_costs_it_its_bond_and_counts_against_it()
    {
        ulong lease = Rich();
        ulong bucket = World.LeaseAt(lease).Bucket;
        World.Must(ProviderA, Against(lease, 1_000_000_000));
        World.Must(Tenant, new AnswerDispute(1, AnswerAction.Contest, HashOf(6), Bond(1_000_000_000)));
        World.FinishRound();
        _justice.Vote(1, 0, 0, 0);
        World.Advance(10);
        Assert.Equal(CaseOutcome.Ruled, _justice.CaseAt(1).Outcome);
        Assert.Equal(0UL, World.LeaseAt(lease).Frozen);
        Assert.Equal(bucket, World.LeaseAt(lease).Bucket + World.LeaseAt(lease).DueTotal - 40_000_000);
        Assert.Single(ReputationBook.Read(World.State, ProviderA, ReputationPart.Dispute).Seasons);
    }

    [Fact]
    public void Case_at_the_end_of_the_window_does_not_keep_the_tenant_s_own_out()
    {
        ulong lease = Rich();
        World.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        MarketTime until = World.LeaseAt(lease).StateUntil;
        World.Advance(until.Seconds - World.Now.Seconds - 1);
        // Nothing is left of the tenant's, so it is about the finding alone.
        Assert.Equal(ResultCode.OverMaximum, World.Send(ProviderA, Against(lease, 1)));
        World.Must(ProviderA, Against(lease, 0));
        Assert.Equal(ResultCode.AlreadyDone, World.Send(Tenant, OpenDispute.About(CaseTarget.Lease, lease, 1, HashOf(5), JusticeWorld.Bond)));
        World.Must(Tenant, new AnswerDispute(1, AnswerAction.Concede, default, 0));
        Assert.Equal(World.Now + World.LeaseAt(lease).Terms.DisputeSeconds, World.LeaseAt(lease).StateUntil);
        _justice.Open(lease, 1_000_000);
        Assert.Equal(ResultCode.DoubleJeopardy, Again(lease));
    }

    [Fact]
    public void Frozen_credits_go_back_to_the_tenant_when_the_lease_was_closed_meanwhile()
    {
        ulong lease = Rich();
        World.Must(ProviderA, Against(lease, 1_000_000_000));
        World.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        Assert.Equal((0UL, 1_000_000_000UL), (World.LeaseAt(lease).Bucket, World.LeaseAt(lease).Frozen));
        ulong tenant = World.Balance(Tenant);
        World.Must(Tenant, new AnswerDispute(1, AnswerAction.Settle, default, 0));
        World.Must(ProviderA, new AnswerDispute(1, AnswerAction.Settle, default, 0));
        Assert.Equal(tenant + 1_000_000_000, World.Balance(Tenant));
    }

    private ResultCode Again(ulong lease)
    {
        World.Must(ProviderA, new AnswerDispute(Counters.Last(World.State, CounterKind.Case), AnswerAction.Concede, default, 0));
        return World.Send(ProviderA, Against(lease, 0));
    }

    private ulong Bond(ulong claim) => (ulong)CaseMath.Bond(claim, World.Parameters);

    private OpenDispute Against(ulong lease, ulong claim) =>
        OpenDispute.About(CaseTarget.Lease, lease, claim, HashOf(5), Bond(claim));
}
