using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Trust;

public sealed class TierTests
{
    private const ulong Bond = 500_000_000;

    /// <summary>A second issuer beside <see cref="Issuer"/>.</summary>
    private static readonly Address Other = Stranger;

    private readonly JusticeWorld _justice = new();
    private readonly MarketWorld _world;
    private byte _nonce;

    public TierTests()
    {
        _world = _justice.World;
        // Nobody is asked to look again.
        _world.Parameters = Parameters.Devnet.With(ParameterId.ReauditBps, 0);
        foreach (AttestationSchema schema in (AttestationSchema[])[AttestationSchema.Hardware, AttestationSchema.AuditTier, AttestationSchema.Region])
        {
            foreach (Address issuer in (Address[])[Issuer, Other])
            {
                Accreditations.Store(_world.State, issuer, Accreditations.SchemaScope((byte)schema), MarketTime.Never);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void P16_tier_rises_with_a_valid_attestation_alone_and_falls_when_it_expires(bool isLate)
    {
        if (isLate) _world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, 0);
        Attest(Issuer, 3, seconds: 40);
        Assert.Equal(0, Tier());
        _world.Advance(9);
        Assert.Equal(0, Tier());
        _world.Advance(1);
        Assert.Equal(3, Tier());
        // A lower statement of another schema takes nothing away, a higher one lifts.
        Attest(Other, 1, AttestationSchema.AuditTier, seconds: 60);
        _world.Advance(10);
        Assert.Equal(3, Tier());
        _world.Advance(19);
        Assert.Equal(3, Tier());
        _world.Advance(1);
        Assert.Equal(1, Tier());
        _world.Advance(30);
        Assert.Equal(0, Tier());
    }

    [Fact]
    public void Order_takes_providers_of_its_least_tier_and_they_lock_less()
    {
        OrderTerms terms = Terms() with { OpenSeconds = 600 };
        ulong order = _world.OpenOrder(terms with { Needs = terms.Needs with { TierMin = 2 } });
        Assert.Equal(ResultCode.TierMismatch, _world.Send(ProviderA, BidOn(order)));
        Attest(Issuer, 1);
        _world.Advance(10);
        Assert.Equal(ResultCode.TierMismatch, _world.Send(ProviderA, BidOn(order)));
        Attest(Issuer, 2);
        _world.Advance(10);
        _world.Must(ProviderA, BidOn(order));
        // 240,000,000 for a stranger, 80 % of it in tier 2.
        Assert.Equal(192_000_000UL, _world.ProviderAt(ProviderA).Locked);
        // The tier is looked at again when the bid is taken.
        _world.Advance(90);
        Assert.Equal(ResultCode.TierMismatch, _world.Send(Tenant, new AcceptBid(order, ProviderA)));
    }

    [Fact]
    public void A16_contradiction_voids_both_and_the_one_who_was_wrong_pays_jury_and_other()
    {
        Attest(Issuer, 4);
        _world.Advance(10);
        Assert.Equal(4, Tier());
        Attest(Other, 2);
        // Until it is in force, the new one voids nothing: it can still be challenged.
        _world.Advance(9);
        Assert.Equal(4, Tier());
        _world.Advance(1);
        Assert.Equal(0, Tier());
        Assert.Empty(AttestationIndex.Load(_world.State, ProviderA, AttestationSchema.Hardware).Entries);
        Case opened = _justice.CaseAt(1);
        Assert.Equal((CaseTarget.Conflict, Other, Issuer), (opened.Target, opened.Claimant, opened.Respondent));
        Assert.Equal((Bond, Bond, CaseState.Drawing), (opened.ClaimantBond, opened.RespondentBond, opened.State));
        // Nobody opens such a case but the chain, and nobody settles it but a jury.
        Assert.Equal(ResultCode.NoCaseRight, _world.Send(Tenant, new OpenDispute(CaseTarget.Conflict, opened.Reference, 0, HashOf(5), Bond)));
        Assert.Equal(ResultCode.NoCaseRight, _world.Send(Other, new AnswerDispute(1, AnswerAction.Settle, default, 5000)));
        _world.FinishRound();
        _justice.Vote(1, 10_000, 10_000, 10_000);
        _world.Advance(10);
        Assert.Equal(CaseState.Final, _justice.CaseAt(1).State);
        // The bribed auditor of the higher tier loses its bond: 150,000,000 to the jury, the rest to the honest one.
        Assert.Equal(StartFunds - Bond, _world.Balance(Issuer));
        Assert.Equal(StartFunds + Bond - 150_000_000, _world.Balance(Other));
        // The winner states it again.
        Attest(Other, 2);
        _world.Advance(10);
        Assert.Equal(2, Tier());
    }

    [Fact]
    public void P18_subject_of_a_contradiction_is_no_juror_of_it()
    {
        // Three jurors, of whom one is the provider that was attested: it would judge its own tier.
        JusticeWorld few = new(jurors: 2);
        MarketWorld world = few.World;
        world.AddRole(Role.Juror, ProviderA, JusticeWorld.JurorStake);
        Accreditations.Store(world.State, Other, Accreditations.SchemaScope((byte)AttestationSchema.Hardware), MarketTime.Never);
        world.Must(Issuer, Statement(world, 4, 1));
        world.Must(Other, Statement(world, 1, 2));
        world.Advance(10);
        world.FinishRound();
        Assert.Equal(2, few.Jury(1).Count);
        Assert.DoesNotContain(ProviderA, few.Jury(1));
    }

    [Fact]
    public void Contradiction_that_no_jury_can_judge_gives_both_their_bonds_back()
    {
        Attest(Issuer, 4);
        Attest(Other, 1);
        _world.Advance(10);
        Assert.Equal(0, Tier());
        _world.Advance(10);
        Assert.Equal(CaseOutcome.NoRuling, _justice.CaseAt(1).Outcome);
        Assert.Equal((StartFunds, StartFunds), (_world.Balance(Issuer), _world.Balance(Other)));
    }

    [Fact]
    public void Statements_that_can_both_be_right_contradict_nothing()
    {
        Attest(Issuer, 3);
        Attest(Issuer, 1);
        Attest(Other, 2);
        Attest(Other, 0);
        Attest(Other, 1, AttestationSchema.AuditTier);
        _world.Advance(10);
        Assert.Null(CaseStore.Read(_world.State, 1));
        Assert.Equal(3, Tier());
        Assert.False(Tiers.AreApart(3, 4));
        Assert.False(Tiers.AreApart(0, 4));
        Assert.True(Tiers.AreApart(4, 2));
        Assert.True(Tiers.AreApart(1, 3));
    }

    [Fact]
    public void Attestation_that_is_revoked_or_expired_before_the_other_is_in_force_contradicts_nothing()
    {
        Attest(Issuer, 4, seconds: 15);
        _world.Advance(10);
        Attest(Other, 1);
        _world.Advance(10);
        Assert.Equal(1, Tier());
        Attest(Issuer, 4);
        _world.Must(Issuer, new Revoke(AttestationIndex.Load(_world.State, ProviderA, AttestationSchema.Hardware).Entries[^1].Uid, RevokeReason.Mistaken));
        _world.Advance(10);
        Assert.Equal(1, Tier());
        Assert.Null(CaseStore.Read(_world.State, 1));
    }

    [Fact]
    public void Attestation_whose_bond_a_case_holds_is_compared_when_the_case_has_ended()
    {
        Attest(Issuer, 4, seconds: 1000);
        _world.Advance(10);
        Hash256 uid = AttestationIndex.Load(_world.State, ProviderA, AttestationSchema.Hardware).Entries[0].Uid;
        _world.Must(Tenant, new OpenDispute(CaseTarget.Attestation, uid, 0, HashOf(5), JusticeWorld.Bond));
        Attest(Other, 1, seconds: 1000);
        _world.Advance(5);
        _world.Must(Issuer, new AnswerDispute(1, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond));
        _world.Advance(5);
        Assert.Null(CaseStore.Read(_world.State, 2));
        _world.FinishRound();
        _justice.Vote(1, 0, 0, 0);
        _world.Advance(10);
        Assert.Equal(CaseState.Final, _justice.CaseAt(1).State);
        Assert.Equal(CaseTarget.Conflict, _justice.CaseAt(2).Target);
        Assert.Equal(0, Tier());
    }

    [Fact]
    public void Carry_over_of_a_contradiction_changes_no_outcome()
    {
        List<string>[] dumps = [[], []];
        for (int late = 0; late < 2; late++)
        {
            MarketWorld world = new();
            Accreditations.Store(world.State, Other, Accreditations.SchemaScope((byte)AttestationSchema.Hardware), MarketTime.Never);
            world.Must(Issuer, Statement(world, 4, 1));
            world.Must(Other, Statement(world, 1, 2));
            OrderTerms terms = Terms();
            ulong order = world.OpenOrder(terms with { Needs = terms.Needs with { TierMin = 1 } });
            if (late == 1) world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, 0);
            world.Advance(10);
            Assert.Equal(ResultCode.TierMismatch, world.Send(ProviderA, BidOn(order)));
            // Whoever attests something of the subject brings all of it to time.
            world.Must(Issuer, Statement(world, 2, 3));
            world.Parameters = Parameters.Devnet;
            world.Advance(0);
            dumps[late] = world.Dump();
        }
        Assert.Equal(dumps[0], dumps[1]);
    }

    [Fact]
    public void A15_P17_schema_that_needs_a_challenge_takes_its_nonce_once()
    {
        _world.Parameters = Parameters.Devnet.With(ParameterId.AttestationNonceSchemas, 1);
        AskChallenge ask = new(AttestationSchema.Hardware, ProviderA);
        Assert.Equal(ResultCode.BadSchema, _world.Send(Issuer, ask with { Schema = (AttestationSchema)99 }));
        Assert.Equal(ResultCode.NotAccredited, _world.Send(Tenant, ask));
        Assert.Equal(ResultCode.SelfDeal, _world.Send(Issuer, ask with { Subject = Issuer }));
        Assert.Equal(ResultCode.BadState, _world.Send(Issuer, ask with { Schema = AttestationSchema.Region }));
        Attest free = Statement(_world, 2, 1);
        Assert.Equal(ResultCode.StaleNonce, _world.Send(Issuer, free));
        _world.Must(Issuer, ask);
        Assert.Equal(ResultCode.Exists, _world.Send(Issuer, ask));
        // Not drawn yet: a nonce of zeros answers nothing.
        Assert.Equal(ResultCode.StaleNonce, _world.Send(Issuer, free with { Claim = free.Claim with { Nonce = default } }));
        _world.FinishRound();
        Attest good = free with { Claim = free.Claim with { Nonce = NonceOf() } };
        Assert.Equal(ResultCode.StaleNonce, _world.Send(Issuer, free));
        // It is bound to issuer and subject.
        Assert.Equal(ResultCode.StaleNonce, _world.Send(Other, good));
        Assert.Equal(ResultCode.StaleNonce, _world.Send(Issuer, good with { Claim = good.Claim with { Subject = ProviderB } }));
        _world.Must(Issuer, good);
        Assert.Null(AttestationChallenge.Read(_world.State, new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware)));
        Assert.Equal(ResultCode.Replay, _world.Send(Issuer, good));
        // One that is too old, and one that the beacon never drew, are gone.
        _world.Must(Issuer, ask);
        _world.FinishRound();
        Hash256 old = NonceOf();
        Assert.NotEqual(good.Claim.Nonce, old);
        _world.Advance(20);
        Assert.Equal(ResultCode.StaleNonce, _world.Send(Issuer, good with { Claim = good.Claim with { Nonce = old } }));
        _world.Must(Issuer, ask);
        _world.Advance(20);
        Assert.Null(AttestationChallenge.Read(_world.State, new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware)));
    }

    [Fact]
    public void Tier_is_stated_by_schemas_that_have_one()
    {
        Attest region = Statement(_world, 1, 1);
        Assert.Equal(ResultCode.BadSchema, _world.Send(Issuer, region with { Claim = region.Claim with { Schema = AttestationSchema.Region } }));
        Assert.Equal(
            [AttestationSchema.Hardware, AttestationSchema.Benchmark, AttestationSchema.AuditTier],
            [.. System.Linq.Enumerable.Where(System.Enum.GetValues<AttestationSchema>(), Tiers.MayState)]);
    }

    private static Attest Statement(MarketWorld world, byte tier, byte nonce) => new(
        new AttestationClaim(
            AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(nonce), new MarketTime(1), world.Now + 100) { Tier = tier },
        Bond);

    private Hash256 NonceOf() =>
        AttestationChallenge.Read(_world.State, new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware))!.Nonce;

    private void Attest(
        in Address issuer, byte tier, AttestationSchema schema = AttestationSchema.Hardware, ulong seconds = 100)
    {
        AttestationClaim claim = new(schema, ProviderA, default, HashOf(3), HashOf(++_nonce), _world.Now, _world.Now + seconds);
        _world.Must(issuer, new Attest(claim with { Tier = tier }, Bond));
    }

    /// <summary>As a rule sees it that is judged now.</summary>
    private byte Tier()
    {
        ExecutionContext context = new(
            new StateOverlay(_world.State),
            new BlockContext(ChainId, new(1), default, _world.Now, 1, default, _world.Parameters), Tenant, default);
        return ProviderTiers.At(context, ProviderA, _world.Now);
    }
}
