using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

public sealed class CaseTests
{
    private const ulong Claim = 200_000_000;

    [Fact]
    public void Dispute_that_breaks_a_rule_is_refused_with_its_code()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong pending = world.MakeLease();
        ulong lease = justice.ServedLease();
        OpenDispute good = OpenDispute.About(CaseTarget.Lease, lease, Claim, HashOf(5), JusticeWorld.Bond);
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, OpenDispute.About(CaseTarget.Lease, 99, Claim, HashOf(5), JusticeWorld.Bond)));
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Stranger, good));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, OpenDispute.About(CaseTarget.Lease, pending, Claim, HashOf(5), JusticeWorld.Bond)));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, good with { Claim = 0 }));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, good with { Claim = 240_000_000 + 117_600_000 + 1 }));
        Assert.Equal(ResultCode.BadProof, world.Send(Tenant, good with { EvidenceHash = default }));
        Assert.Equal(ResultCode.Bond, world.Send(Tenant, good with { Bond = JusticeWorld.Bond - 1 }));
        Assert.Equal(ResultCode.Overflow, world.Send(Tenant, good with { Bond = ulong.MaxValue }));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(Tenant, good with { Bond = StartFunds }));
        world.Must(Tenant, good);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Tenant, good));
        world.Must(ProviderA, new AnswerDispute(1, AnswerAction.Concede, default, 0));
        Assert.Equal(ResultCode.DoubleJeopardy, world.Send(Tenant, good with { Claim = 1 }));
        ulong closed = world.StartedLease();
        world.Must(Tenant, new CloseLease(closed, CloseReason.Done, CloseMode.Now));
        world.Advance(20);
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, OpenDispute.About(CaseTarget.Lease, closed, 1, HashOf(5), JusticeWorld.Bond)));
    }

    [Fact]
    public void Conceded_claim_is_paid_from_the_collateral_first_and_then_from_the_pay()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong before = world.Balance(Tenant);
        ulong id = justice.Open(lease, 300_000_000);
        Assert.Equal((id, 60_000_000UL), (world.LeaseAt(lease).CaseId, world.LeaseAt(lease).Contested));
        Assert.Equal(ResultCode.Insolvent, world.Send(ProviderA, new Withdraw(lease, 117_600_000)));
        world.Must(ProviderA, new Withdraw(lease, 57_600_000));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new AmendLease(lease, AmendAction.Propose, new(new ResourceVector(1), 1, 0), 5)));
        world.Must(ProviderA, new AnswerDispute(id, AnswerAction.Concede, default, 0));
        Assert.Equal((0UL, 0UL, 0UL, 0UL), (
            world.LeaseAt(lease).CaseId, world.LeaseAt(lease).Contested, world.LeaseAt(lease).Collateral, world.LeaseAt(lease).Claimable));
        Assert.Equal(before + 300_000_000 - Storage, world.Balance(Tenant));
        Assert.Equal((Stake - 240_000_000, 0UL), (world.ProviderAt(ProviderA).Bonded, world.ProviderAt(ProviderA).Locked));
        Assert.Equal((CaseState.Final, CaseOutcome.Conceded), (justice.CaseAt(id).State, justice.CaseAt(id).Outcome));
        world.Advance(3600);
        Assert.Null(CaseStore.Read(world.State, id));
    }

    [Fact]
    public void Silence_of_the_respondent_concedes()
    {
        JusticeWorld justice = new();
        ulong lease = justice.ServedLease();
        ulong before = justice.World.Balance(Tenant);
        ulong id = justice.Open(lease, Claim);
        justice.World.Advance(10);
        Assert.Equal(CaseOutcome.Defaulted, justice.CaseAt(id).Outcome);
        Assert.Equal(before + Claim - Storage, justice.World.Balance(Tenant));
        Assert.Equal(ResultCode.TooLate, justice.World.Send(ProviderA, new AnswerDispute(id, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond)));
    }

    [Fact]
    public void Parties_settle_on_a_share_when_both_name_the_same()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong before = world.Balance(Tenant);
        ulong id = justice.Open(lease, Claim);
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Settle(id, 10_001)));
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Stranger, Settle(id, 1)));
        world.Must(Tenant, Settle(id, 8000));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Tenant, Settle(id, 8000)));
        world.Must(ProviderA, Settle(id, 3000));
        world.Must(Tenant, Settle(id, 3000));
        Assert.Equal(CaseOutcome.Settled, justice.CaseAt(id).Outcome);
        Assert.Equal(before + (Claim * 3 / 10) - Storage, world.Balance(Tenant));
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, Settle(id, 1)));
    }

    [Fact]
    public void Answer_that_breaks_a_rule_is_refused_with_its_code()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong id = justice.Open(justice.ServedLease());
        AnswerDispute contest = new(id, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond);
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, contest with { CaseId = 9 }));
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Stranger, contest));
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Tenant, contest));
        Assert.Equal(ResultCode.BadProof, world.Send(ProviderA, contest with { Hash = default }));
        Assert.Equal(ResultCode.Bond, world.Send(ProviderA, contest with { Amount = JusticeWorld.Bond - 1 }));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(ProviderA, contest with { Amount = StartFunds }));
        Assert.Equal(ResultCode.TooEarly, world.Send(ProviderA, new AnswerDispute(id, AnswerAction.Appeal, default, Credit)));
        world.Must(ProviderA, contest);
        Assert.Equal(CaseState.Drawing, justice.CaseAt(id).State);
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderA, contest));
        Assert.Equal(ResultCode.TooEarly, world.Send(JusticeWorld.JurorAt(1), new VoteDispute(id, 0, VoteAction.Commit, HashOf(1), 0)));
        world.FinishRound();
        Assert.Equal(CaseState.Commit, justice.CaseAt(id).State);
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, Settle(id, 1)));
    }

    [Fact]
    public void Jury_rules_by_the_lower_median_and_the_loser_pays_it()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong tenant = world.Balance(Tenant);
        ulong provider = world.Balance(ProviderA);
        ulong id = justice.Open(lease, Claim);
        justice.Contest(id);
        List<Address> jury = justice.Jury(id);
        Assert.Equal(3, jury.Distinct().Count());
        justice.Vote(id, 10_000, 7000, 8000);
        Assert.Equal((CaseState.Ruled, 8000UL), (justice.CaseAt(id).State, justice.CaseAt(id).RulingBps));
        world.Advance(10);
        Assert.Equal((CaseState.Final, CaseOutcome.Ruled), (justice.CaseAt(id).State, justice.CaseAt(id).Outcome));
        ulong award = Claim * 8 / 10;
        // The provider's bond pays three jurors; what is left of it is the tenant's.
        Assert.Equal(tenant + award + JusticeWorld.Bond - 150_000_000 - Storage, world.Balance(Tenant));
        Assert.Equal(provider - JusticeWorld.Bond, world.Balance(ProviderA));
        foreach (Address juror in jury) Assert.Equal(StartFunds + 50_000_000, world.Balance(juror));
        foreach (Address juror in jury) Assert.Equal((JusticeWorld.JurorStake, 0UL), (justice.StakeOf(juror).Bonded, justice.StakeOf(juror).Locked));
    }

    [Fact]
    public void A24_claim_without_ground_costs_its_sender_the_bond()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong tenant = world.Balance(Tenant);
        ulong provider = world.Balance(ProviderA);
        ulong id = justice.Open(lease, Claim);
        justice.Contest(id);
        justice.Vote(id, 0, 0, 0);
        world.Advance(10);
        // The spammer's net result: −250,000,000 ncredit, of which the wrongly accused gets 100,000,000.
        Assert.Equal(tenant - JusticeWorld.Bond - Storage, world.Balance(Tenant));
        Assert.Equal(provider + 100_000_000, world.Balance(ProviderA));
        Assert.Equal(0UL, world.LeaseAt(lease).Contested);
    }

    [Fact]
    public void A22_silent_and_incoherent_jurors_lose_what_was_at_stake_to_the_coherent()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong id = justice.Contested();
        List<Address> jury = justice.Jury(id);
        Assert.All(jury, juror => Assert.Equal(JusticeWorld.AtStake, justice.StakeOf(juror).Locked));
        justice.Vote(id, 9000, 0);
        Assert.Equal(0UL, justice.CaseAt(id).RulingBps);
        world.Advance(10);
        // The lower median of 0 and 9000 is 0: the second is coherent, the first is not, the third was silent.
        Assert.Equal(JusticeWorld.JurorStake - JusticeWorld.AtStake, justice.StakeOf(jury[0]).Bonded);
        Assert.Equal(JusticeWorld.JurorStake, justice.StakeOf(jury[1]).Bonded);
        Assert.Equal(JusticeWorld.JurorStake - JusticeWorld.AtStake, justice.StakeOf(jury[2]).Bonded);
        Assert.Equal(StartFunds + 150_000_000 + (2 * JusticeWorld.AtStake), world.Balance(jury[1]));
        Assert.All(jury, juror => Assert.Equal(0UL, justice.StakeOf(juror).Locked));
    }

    [Fact]
    public void Vote_that_breaks_a_rule_is_refused_with_its_code()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong id = justice.Contested();
        List<Address> jury = justice.Jury(id);
        Address other = Enumerable.Range(0, 30).Select(i => JusticeWorld.JurorAt((byte)i)).First(j => !jury.Contains(j));
        VoteDispute commit = new(id, 0, VoteAction.Commit, HashOf(1), 0);
        Assert.Equal(ResultCode.NotFound, world.Send(jury[0], commit with { CaseId = 7 }));
        Assert.Equal(ResultCode.NotDrawn, world.Send(other, commit));
        Assert.Equal(ResultCode.NotDrawn, world.Send(Tenant, commit));
        Assert.Equal(ResultCode.TooLate, world.Send(jury[0], commit with { Round = 1 }));
        Assert.Equal(ResultCode.BadCommit, world.Send(jury[0], commit with { Hash = default }));
        Assert.Equal(ResultCode.TooEarly, justice.Reveal(id, jury[0], 1));
        justice.Commit(id, jury[0], 5000);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(jury[0], commit));
        // A copied commitment is of no use to its copier.
        world.Must(jury[1], commit with { Hash = justice.CaseAt(id).Jurors[0].Commit });
        world.Advance(10);
        Assert.Equal(ResultCode.TooLate, world.Send(jury[2], commit));
        Assert.Equal(ResultCode.BadCommit, justice.Reveal(id, jury[0], 5001));
        Assert.Equal(ResultCode.OverMaximum, justice.Reveal(id, jury[0], 10_001));
        Assert.Equal(ResultCode.Ok, justice.Reveal(id, jury[0], 5000));
        Assert.Equal(ResultCode.AlreadyDone, justice.Reveal(id, jury[0], 5000));
        Assert.Equal(ResultCode.BadCommit, justice.Reveal(id, jury[1], 5000));
        Assert.Equal(ResultCode.BadCommit, justice.Reveal(id, jury[2], 5000));
        world.Advance(10);
        Assert.Equal(ResultCode.TooLate, justice.Reveal(id, jury[1], 5000));
    }

    [Fact]
    public void A23_bought_jury_is_overturned_by_larger_ones_and_loses_its_stakes()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong tenant = world.Balance(Tenant);
        ulong id = justice.Open(lease, Claim);
        justice.Contest(id);
        List<Address> bought = justice.Jury(id);
        justice.Vote(id, 0, 0, 0);
        Assert.Equal(ResultCode.Bond, world.Send(Tenant, new AnswerDispute(id, AnswerAction.Appeal, default, 349_999_999)));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(Tenant, new AnswerDispute(id, AnswerAction.Appeal, default, StartFunds)));
        world.Must(Tenant, new AnswerDispute(id, AnswerAction.Appeal, default, 350_000_000));
        world.FinishRound();
        List<Address> second = justice.Jury(id);
        Assert.Equal(7, second.Count);
        Assert.Empty(second.Intersect(bought));
        justice.Vote(id, 10_000, 10_000, 10_000, 10_000, 9000, 0, 0);
        Assert.Equal(10_000UL, justice.CaseAt(id).RulingBps);
        world.Must(ProviderA, new AnswerDispute(id, AnswerAction.Appeal, default, 750_000_000));
        world.FinishRound();
        Assert.Equal(15, justice.Jury(id).Count);
        justice.Vote(id, [.. Enumerable.Repeat(10_000UL, 15)]);
        // The third round is the last: no appeal is waited for.
        Assert.Equal((CaseState.Final, 10_000UL), (justice.CaseAt(id).State, justice.CaseAt(id).RulingBps));
        // The briber's three jurors are each down by what was at stake: 6 credits in all, and no fee.
        Assert.All(bought, juror => Assert.Equal(
            (JusticeWorld.JurorStake - JusticeWorld.AtStake, StartFunds), (justice.StakeOf(juror).Bonded, world.Balance(juror))));
        // The victim has both its bonds back: what the briber's do not cover, its jurors' stakes do.
        Assert.Equal(tenant + Claim - Storage, world.Balance(Tenant));
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new AnswerDispute(id, AnswerAction.Appeal, default, Credit)));
    }

    [Fact]
    public void P18_parties_their_identities_and_earlier_jurors_are_not_drawn_and_nobody_twice()
    {
        JusticeWorld justice = new(jurors: 6);
        MarketWorld world = justice.World;
        world.AddRole(Role.Juror, Tenant, 1000 * Credit);
        world.AddRole(Role.Juror, ProviderA, 1000 * Credit);
        RoleHolder friend = RoleHolders.Load(world.State, Role.Juror, JusticeWorld.JurorAt(0))!;
        RoleHolders.Store(world.State, friend with { Did = "did:chain:a" });
        Providers.Store(world.State, world.ProviderAt(ProviderA) with { Did = "did:chain:a" });
        ulong id = justice.Contested();
        List<Address> first = justice.Jury(id);
        Assert.Equal(3, first.Distinct().Count());
        Assert.DoesNotContain(Tenant, first);
        Assert.DoesNotContain(ProviderA, first);
        Assert.DoesNotContain(JusticeWorld.JurorAt(0), first);
        justice.Vote(id, 0, 0, 0);
        world.Must(Tenant, new AnswerDispute(id, AnswerAction.Appeal, default, 350_000_000));
        world.FinishRound();
        // Of six, one is kin and three have served: two are left of the seven wanted.
        Assert.Equal(2, justice.Jury(id).Count);
        Assert.Empty(justice.Jury(id).Intersect(first));
    }

    [Fact]
    public void Case_without_jurors_or_votes_rules_against_nobody()
    {
        foreach (int jurors in (int[])[0, 3])
        {
            JusticeWorld justice = new(jurors);
            MarketWorld world = justice.World;
            ulong lease = justice.ServedLease();
            ulong tenant = world.Balance(Tenant);
            ulong provider = world.Balance(ProviderA);
            ulong id = justice.Open(lease, Claim);
            justice.Contest(id);
            if (jurors > 0) world.Advance(20);
            Assert.Equal(CaseOutcome.NoRuling, justice.CaseAt(id).Outcome);
            Assert.Equal((tenant - Storage, provider), (world.Balance(Tenant), world.Balance(ProviderA)));
            Assert.Equal(0UL, world.LeaseAt(lease).CaseId);
            for (byte i = 0; i < jurors; i++) Assert.Equal(JusticeWorld.JurorStake - JusticeWorld.AtStake, justice.StakeOf(JusticeWorld.JurorAt(i)).Bonded);
        }
    }

    [Fact]
    public void P19_case_ends_in_bounded_time_whatever_anybody_leaves_undone()
    {
        // Nobody reveals for the beacon at all.
        JusticeWorld silent = new();
        ulong id = silent.Open(silent.ServedLease());
        silent.World.Must(ProviderA, new AnswerDispute(id, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond));
        silent.World.Advance(10);
        Assert.Equal((CaseState.Final, CaseOutcome.NoRuling), (silent.CaseAt(id).State, silent.CaseAt(id).Outcome));
        // The beacon fails in the appeal: the ruling stands.
        JusticeWorld appealed = new();
        ulong second = appealed.Contested();
        appealed.Vote(second, 10_000, 10_000, 10_000);
        appealed.World.Must(ProviderA, new AnswerDispute(second, AnswerAction.Appeal, default, 350_000_000));
        appealed.World.Advance(10);
        Assert.Equal((CaseState.Final, CaseOutcome.Ruled, 10_000UL), (appealed.CaseAt(second).State, appealed.CaseAt(second).Outcome, appealed.CaseAt(second).RulingBps));
        // A jury of the appeal that does not vote leaves it as well.
        JusticeWorld lazy = new();
        ulong third = lazy.Contested();
        lazy.Vote(third, 10_000, 10_000, 10_000);
        lazy.World.Must(ProviderA, new AnswerDispute(third, AnswerAction.Appeal, default, 350_000_000));
        lazy.World.FinishRound();
        lazy.World.Advance(20);
        Assert.Equal((CaseState.Final, CaseOutcome.Ruled), (lazy.CaseAt(third).State, lazy.CaseAt(third).Outcome));
    }

    [Fact]
    public void A26_closed_lease_waits_for_its_case_before_its_collateral_is_free()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        world.Must(Tenant, new CloseLease(lease, CloseReason.BreachOfTerms, CloseMode.Now));
        world.Must(Tenant, new WriteReview(lease, ReviewAction.Rate, new Stars(1, 1, 1), HashOf(1)));
        world.Advance(15);
        ulong id = justice.Open(lease);
        justice.Contest(id);
        world.Advance(9);
        Assert.Equal(LeaseState.Closed, world.LeaseAt(lease).State);
        Assert.Equal(240_000_000UL, world.ProviderAt(ProviderA).Locked);
        foreach (Address juror in justice.Jury(id)) justice.Commit(id, juror, 10_000);
        world.Advance(9);
        // The review was published in its time all the same.
        Assert.Equal(ReviewState.Published, ReviewBook.Load(world.State, lease, ReviewSide.Tenant)!.State);
        foreach (Address juror in justice.Jury(id)) Assert.Equal(ResultCode.Ok, justice.Reveal(id, juror, 10_000));
        world.Advance(10);
        Assert.Equal(CaseState.Final, justice.CaseAt(id).State);
        world.Advance(0);
        Assert.Equal(LeaseState.Final, world.LeaseAt(lease).State);
        Assert.Equal((Stake - Claim, 0UL), (world.ProviderAt(ProviderA).Bonded, world.ProviderAt(ProviderA).Locked));
    }

    [Fact]
    public void Attestation_that_a_jury_finds_wrong_is_void_and_its_bond_compensates()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        world.Must(Issuer, new Attest(
            new AttestationClaim(AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(4), world.Now, world.Now + 1000), 500_000_000));
        Hash256 uid = AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).Entries[0].Uid;
        OpenDispute dispute = new(CaseTarget.Attestation, uid, 100_000_000, HashOf(5), JusticeWorld.Bond);
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, dispute with { Reference = HashOf(77) }));
        Assert.Equal(ResultCode.SelfDeal, world.Send(Issuer, dispute));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, dispute with { Claim = 500_000_001 }));
        world.Must(Tenant, dispute);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Stranger, dispute));
        Assert.Equal(ResultCode.BadState, world.Send(Issuer, new Revoke(uid, RevokeReason.Mistaken)));
        world.Must(Issuer, new AnswerDispute(1, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond));
        world.FinishRound();
        justice.Vote(1, 10_000, 10_000, 10_000);
        world.Advance(10);
        Assert.Null(AttestationStore.Read(world.State, uid));
        Assert.Empty(AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).Entries);
        Assert.Equal(StartFunds + 100_000_000 + 100_000_000 - Storage, world.Balance(Tenant));
        Assert.Equal(StartFunds - 100_000_000 - JusticeWorld.Bond, world.Balance(Issuer));
    }

    [Fact]
    public void Attestation_that_a_jury_upholds_stays_and_expires_later()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        world.Must(Issuer, new Attest(
            new AttestationClaim(AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(4), world.Now, world.Now + 30), 500_000_000));
        Hash256 uid = AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).Entries[0].Uid;
        world.Must(Tenant, new OpenDispute(CaseTarget.Attestation, uid, 0, HashOf(5), JusticeWorld.Bond));
        world.Must(Issuer, new AnswerDispute(1, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond));
        world.FinishRound();
        world.Advance(5);
        justice.Vote(1, 0, 0, 0);
        world.Advance(10);
        world.Advance(30);
        Assert.Null(AttestationStore.Read(world.State, uid));
        Assert.Equal(StartFunds + 100_000_000, world.Balance(Issuer));
    }

    [Fact]
    public void A3_review_that_a_jury_finds_abusive_counts_nothing_and_stays_readable()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        world.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        world.Must(Tenant, new WriteReview(lease, ReviewAction.Rate, new Stars(1, 1, 1), HashOf(1)));
        OpenDispute dispute = OpenDispute.About(CaseTarget.Review, lease, 0, HashOf(5), JusticeWorld.Bond);
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Stranger, dispute));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, dispute));
        world.Must(ProviderA, new WriteReview(lease, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(1)));
        Assert.Equal(1UL, RatingTotals.Load(world.State, ProviderA, ReviewSide.Provider).Count);
        Assert.Equal(ResultCode.OverMaximum, world.Send(ProviderA, dispute with { Claim = 1 }));
        world.Must(ProviderA, dispute);
        world.Advance(10);
        Assert.Equal(RatingTotals.None, RatingTotals.Load(world.State, ProviderA, ReviewSide.Provider));
        Review masked = ReviewBook.Load(world.State, lease, ReviewSide.Tenant)!;
        Assert.Equal((ReviewState.Masked, new Stars(1, 1, 1)), (masked.State, masked.Stars));
        Assert.Equal(ResultCode.DoubleJeopardy, world.Send(ProviderA, dispute));
        Assert.Equal(ResultCode.TooLate, LateDispute());
    }

    [Fact]
    public void P12_compensation_never_exceeds_what_the_lease_holds()
    {
        JusticeWorld justice = new();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong id = justice.Open(lease, 240_000_000 + 117_600_000);
        justice.Contest(id);
        // The provider leaves while the case runs; its exit penalty to the tenant comes out of the same collateral.
        world.Must(ProviderA, new CloseLease(lease, CloseReason.Unstable, CloseMode.Now));
        Assert.Equal(160_000_000UL, world.LeaseAt(lease).Collateral);
        ulong tenant = world.Balance(Tenant);
        justice.Vote(id, 10_000, 10_000, 10_000);
        world.Advance(10);
        Assert.Equal(tenant + 160_000_000 + 117_600_000 + JusticeWorld.Bond + 100_000_000, world.Balance(Tenant));
        Assert.Equal(Stake - 240_000_000, world.ProviderAt(ProviderA).Bonded);
    }

    [Fact]
    public void Lower_median_and_coherence_are_what_they_say()
    {
        Assert.Equal(2UL, CaseMath.LowerMedian([3, 1, 2]));
        Assert.Equal(1UL, CaseMath.LowerMedian([2, 1]));
        Assert.Equal(7UL, CaseMath.LowerMedian([7]));
        Assert.True(CaseMath.IsCoherent(3000, 5000, 2000));
        Assert.False(CaseMath.IsCoherent(2999, 5000, 2000));
        Assert.True(CaseMath.IsCoherent(7000, 5000, 2000));
    }

    [Fact]
    public void Records_and_messages_decode_to_what_they_were()
    {
        JusticeWorld justice = new();
        byte[] bytes = justice.CaseAt(justice.Contested()).Encode();
        Assert.True(Case.TryDecode(bytes, out Case read, out DecodeError error), error.ToString());
        Assert.Equal(bytes, read.Encode());
        for (int length = 0; length < bytes.Length; length++) Assert.False(Case.TryDecode(bytes.AsSpan(0, length), out _, out _));
    }

    private static ResultCode LateDispute()
    {
        JusticeWorld justice = new();
        ulong lease = justice.ServedLease();
        justice.World.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        justice.World.Must(Tenant, new WriteReview(lease, ReviewAction.Rate, new Stars(1, 1, 1), HashOf(1)));
        justice.World.Must(ProviderA, new WriteReview(lease, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(1)));
        justice.World.Advance(20);
        return justice.World.Send(ProviderA, OpenDispute.About(CaseTarget.Review, lease, 0, HashOf(5), JusticeWorld.Bond));
    }

    private static AnswerDispute Settle(ulong id, ulong bps) => new(id, AnswerAction.Settle, default, bps);
}
