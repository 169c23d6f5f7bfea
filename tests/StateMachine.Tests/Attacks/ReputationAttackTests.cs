using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reputation;
using Chain.StateMachine.Trust.Reviews;
using Chain.Tests.Shared;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Attacks;

/// <summary>Attacks on reviews, reputation and attestations: A1 to A4 and A15 to A17 of marketplace.md section 4.</summary>
public sealed class ReputationAttackTests
{
    private readonly AttackWorld _attack = new();

    private MarketWorld World => _attack.World;

    [Fact]
    public void A1_sybil_reviews_weigh_as_much_as_the_fees_they_burned()
    {
        Address mallory = _attack.NewProvider(50);
        List<Address> team = [mallory];
        for (byte i = 0; i < 10; i++)
        {
            Address sybil = _attack.Newcomer((byte)(60 + i));
            team.Add(sybil);
            ulong lease = _attack.Lease(sybil, mallory, prepaid: 20);
            World.Advance(1);
            _attack.Close(lease, sybil);
            _attack.Rate(lease, sybil, 5);
            _attack.Rate(lease, mallory, 5);
        }
        // One honest tenant, whose lease ran as long as all ten together, is as loud as they are.
        ulong honest = _attack.Lease(Tenant, mallory);
        World.Advance(10);
        _attack.Close(honest, Tenant);
        _attack.Rate(honest, Tenant, 1);
        _attack.Rate(honest, mallory, 1);
        RatingTotals rating = RatingTotals.Load(World.State, mallory, ReviewSide.Provider);
        Assert.Equal(11UL, rating.Count);
        Assert.Equal(300UL, rating.MeanHundredths(rating.Quality));
        // Ten leases of a second at 4,000,000: 2 % of it is gone. The honest tenant paid 39,200,000 for its ten seconds.
        Int128 fees = 10 * 4_000_000 / 50;
        Assert.Equal(-fees + 39_200_000, _attack.NetOf([.. team]));
    }

    [Fact]
    public void A2_wash_leases_lose_their_fees_and_the_reputation_they_buy_is_bounded_by_them()
    {
        Address mallory = _attack.NewProvider(50);
        Address friend = _attack.Newcomer(51);
        for (int i = 0; i < 20; i++)
        {
            ulong lease = _attack.Lease(friend, mallory, prepaid: 50);
            World.Advance(50);
            _attack.Close(lease, friend);
            _attack.Rate(lease, friend, 5);
            _attack.Rate(lease, mallory, 5);
        }
        // 20 leases, each 50 s at 4,000,000: 2 % of 4,000,000,000.
        Assert.Equal(-80_000_000, _attack.NetOf(mallory, friend));
        RatingTotals rating = RatingTotals.Load(World.State, mallory, ReviewSide.Provider);
        // The second review of a pair weighs half, the third a quarter: all together less than two leases' fees.
        Assert.True(rating.Weight < 2 * 4_000_000, $"{rating.Weight}");
        // Nobody probed them: no availability, which is 35 of 100 parts, and no proofs, which are 25.
        Assert.Empty(ReputationBook.Read(World.State, mallory, ReputationPart.Availability).Seasons);
        World.Advance(1000);
        Assert.True(ReputationBook.BpsOf(World.State, mallory, World.Now, World.Parameters) <= 4000);
    }

    /// <summary>P28: whatever friends lease from each other, for how long and however it ends, together they never gain.</summary>
    [Fact]
    public void P28_pair_of_friends_never_gains_and_its_reputation_costs_fees()
    {
        PropertyCheck.Holds(
            from rates in Gen.Choose(1, (int)RateMax).ArrayOf(4)
            from seconds in Gen.Choose(0, 120).ArrayOf(4)
            from ends in Gen.Choose(0, 4).ArrayOf(4)
            select (rates, seconds, ends),
            life =>
            {
                AttackWorld attack = new();
                Address mallory = attack.NewProvider(50);
                Address friend = attack.Newcomer(51);
                for (int i = 0; i < life.rates.Length; i++)
                {
                    ulong lease = attack.Lease(friend, mallory, (ulong)life.rates[i], prepaid: 60, minTerm: (ulong)life.seconds[3 - i]);
                    attack.World.Advance((ulong)life.seconds[i]);
                    Finish(attack, lease, life.ends[i], mallory, friend);
                }
                PoolBalances pools = Pools.Load(attack.World.State);
                ulong weight = 0;
                foreach (ReputationSeason season in ReputationBook.Read(attack.World.State, mallory, ReputationPart.Exit).Seasons) weight += season.Good;
                ulong fees = pools.Burned + pools.Reliability + pools.Treasury;
                // A whole good count, a million, costs at least the fee unit.
                Assert.True(weight <= (fees * ReputationMath.Million / attack.World.Parameters.ReputationFeeUnit) + 4);
                Assert.True(attack.NetOf(mallory, friend) <= 0);
            },
            300);
    }

    [Fact]
    public void A3_retaliation_has_nothing_to_answer_and_an_abusive_review_loses_its_weight()
    {
        ulong lease = _attack.Lease(Tenant, ProviderA);
        World.Advance(10);
        _attack.Close(lease, Tenant);
        _attack.Rate(lease, Tenant, 1);
        // The provider, who would strike back, sees that there is a review and not what it says.
        Assert.DoesNotContain(World.LastEvents, happened => happened.Type == "ReviewPublished");
        Assert.All(World.LastEvents, happened => Assert.DoesNotContain(happened.Attributes, attribute => attribute.Key == "quality"));
        _attack.Rate(lease, ProviderA, 3);
        // Once both are public, nobody writes again: neither a second review nor a changed one.
        WriteReview again = new(lease, ReviewAction.Rate, new Stars(1, 1, 1), HashOf(6));
        Assert.Equal(ResultCode.AlreadyDone, World.Send(ProviderA, again));
        Assert.Equal(ResultCode.AlreadyDone, World.Send(Tenant, again));
        Assert.Equal(39_200_000, _attack.NetOf(ProviderA));
    }

    [Fact]
    public void A4_new_identity_has_no_reputation_few_leases_and_a_second_stake()
    {
        // The old identity left tenants early; the new one begins at nothing, below everybody who ever did well.
        Address old = _attack.NewProvider(50);
        ulong lease = _attack.Lease(Tenant, old);
        _attack.Close(lease, old);
        Address fresh = _attack.NewProvider(51);
        Providers.Store(World.State, World.ProviderAt(fresh) with { Status = ProviderStatus.Probation });
        Assert.Equal(0UL, ReputationBook.BpsOf(World.State, fresh, World.Now, World.Parameters));
        World.Must(Tenant, new OpenOrder(Terms()));
        World.Must(fresh, BidOn(2));
        World.Must(Tenant, new AcceptBid(2, fresh));
        World.Must(Tenant, new StartLease(2, default, default));
        World.Must(Tenant, new OpenOrder(Terms()));
        World.Parameters = World.Parameters.With(ParameterId.ProbationLeasesMax, 1);
        Assert.Equal(ResultCode.TierMismatch, World.Send(fresh, BidOn(3)));
        // A tenant that asks for any reputation at all does not get it.
        OrderTerms choosy = Terms() with { Needs = Terms().Needs with { ReputationMinBps = 1 } };
        World.Must(Tenant, new OpenOrder(choosy));
        World.Parameters = World.Parameters.With(ParameterId.ProbationLeasesMax, 4);
        Assert.Equal(ResultCode.TierMismatch, World.Send(fresh, BidOn(Counters.Last(World.State, CounterKind.Order))));
        // The walk-away cost 20 s of notice and the no-show of the new identity its deposit.
        Assert.Equal(-(20 * 4_000_000) - (Int128)BidDeposit, _attack.NetOf(old, fresh));
    }

    [Fact]
    public void A15_attestation_is_one_subjects_on_one_chain_and_its_nonce_is_used_up_for_ever()
    {
        AttestationClaim claim = new(AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(4), World.Now, World.Now + 60);
        World.Must(Issuer, new Attest(claim, 100_000_000));
        // The same quote for another, the same again, from somebody who is nobody, and after it has expired.
        Assert.Equal(ResultCode.Replay, World.Send(Issuer, new Attest(claim with { Subject = ProviderB }, 100_000_000)));
        Assert.Equal(ResultCode.Replay, World.Send(Issuer, new Attest(claim, 100_000_000)));
        Assert.Equal(ResultCode.NotAccredited, World.Send(ProviderB, new Attest(claim, 100_000_000)));
        World.Advance(60);
        Assert.False(AttestationIndex.Load(World.State, ProviderA, AttestationSchema.Hardware).HoldsAt(World.Now));
        AttestationClaim later = claim with { Expires = World.Now + 60 };
        Assert.Equal(ResultCode.Replay, World.Send(Issuer, new Attest(later, 100_000_000)));
        Assert.NotEqual(Attestation.UidOf(ChainId, Issuer, claim), Attestation.UidOf("other-1", Issuer, claim));
        Assert.Equal(0, _attack.NetOf(Issuer, ProviderA, ProviderB));
    }

    private static void Finish(AttackWorld attack, ulong lease, int how, in Address provider, in Address tenant)
    {
        MarketWorld world = attack.World;
        switch (how)
        {
            case 0:
                world.Send(tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
                break;
            case 1:
                world.Send(provider, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
                break;
            case 2:
                world.Send(provider, new CloseLease(lease, CloseReason.Done, CloseMode.Notice));
                break;
            case 3:
                world.Send(tenant, new Deposit(
                    DepositTarget.Lease, lease, 50_000_000));
                break;
        }
        world.Send(tenant, new WriteReview(lease, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(6)));
        world.Send(provider, new WriteReview(lease, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(6)));
    }
}
