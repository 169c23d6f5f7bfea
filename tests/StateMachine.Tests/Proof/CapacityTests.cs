using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions.Update;
using Unbonding = Chain.StateMachine.Transactions.Stake.Stake;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

public sealed class CapacityTests
{
    /// <summary>Four units of 1000, an epoch of 20 s and a window of 10 s; a missed unit costs 1 % of a credit.</summary>
    private static readonly Parameters Asked = Parameters.Devnet.With(ParameterId.CapacityUnitCpuMilli, 1000);

    private const ulong Missed = Credit / 100;

    private readonly MarketWorld _world = new(Asked);

    [Fact]
    public void P8_newcomer_promises_one_unit_and_what_it_has_proven_from_the_first_epoch_on()
    {
        Assert.Equal(ResultCode.Capacity, Bid(2000));
        Assert.Equal(ResultCode.Ok, Bid(1000));
        Assert.Equal(ResultCode.Capacity, Bid(1000));
        _world.Must(ProviderA, ProveCapacity.Enter);
        Open();
        Prove(0, 4);
        // What is proven counts when the epoch is judged.
        Assert.Equal(ResultCode.Capacity, Bid(1000));
        _world.Advance(10);
        Assert.Equal((4000UL, 0UL), (ProofOf().Proven, ProofOf().Fails));
        Assert.Equal(Stake, _world.ProviderAt(ProviderA).Bonded);
        Assert.Equal(ResultCode.Capacity, Bid(3001));
        Assert.Equal(ResultCode.Ok, Bid(3000));
        Assert.Equal(4000UL, _world.Reserved(ProviderA));
    }

    [Fact]
    public void P8_holds_for_offers_sealed_bids_and_amendments_as_well()
    {
        _world.Parameters = Asked.With(ParameterId.CapacityNewcomerUnits, 0);
        Assert.Equal(ResultCode.Capacity, _world.Send(ProviderA, StateMachine.Market.Offers.ChangeOffer.Post(OfferOf(), 60)));
        ulong order = _world.OpenOrder(Terms() with { Mode = AuctionMode.SealedFirst });
        Assert.Equal(ResultCode.Capacity, _world.Send(ProviderA, new SealBid(order, HashOf(1), BidDeposit, 20)));
        _world.Parameters = Asked;
        ulong lease = _world.StartedLease();
        AmendedTerms more = new(new ResourceVector(1001), 4_000_000, 0);
        _world.Must(Tenant, new AmendLease(lease, AmendAction.Propose, more, 30));
        Assert.Equal(ResultCode.Capacity, _world.Send(ProviderA, new AmendLease(lease, AmendAction.Accept, more, 0)));
        // Nothing more is proven than is leased; fewer units fit all the same.
        AmendedTerms fewer = more with { Resources = new ResourceVector(999) };
        _world.Parameters = Asked.With(ParameterId.CapacityNewcomerUnits, 0);
        _world.Must(Tenant, new AmendLease(lease, AmendAction.Propose, fewer, 30));
        _world.Must(ProviderA, new AmendLease(lease, AmendAction.Accept, fewer, 0));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(1, false)]
    public void P8_bid_becomes_a_lease_only_while_what_it_promised_is_proven(int units, bool isKept)
    {
        _world.Must(ProviderA, ProveCapacity.Enter);
        Open();
        Prove(0, 4);
        _world.Advance(10);
        OrderNeeds needs = Terms().Needs with { Resources = new ResourceVector(2000) };
        OrderTerms sealedTerms = Terms() with { Mode = AuctionMode.SealedFirst, Needs = needs, OpenSeconds = 40 };
        ulong hidden = _world.OpenOrder(sealedTerms);
        ulong open = _world.OpenOrder(Terms() with { Needs = needs, OpenSeconds = 3600 });
        _world.Must(ProviderA, new SealBid(hidden, AuctionMath.Commit(ChainId, hidden, ProviderA, 1_000_000, HashOf(1)), BidDeposit, 20));
        _world.Must(ProviderA, BidOn(open));
        // The next epoch finds all of it, or a single unit.
        Open();
        Prove(0, units);
        _world.Advance(40 - (_world.Now.Seconds - _world.OrderAt(hidden).OpenedAt.Seconds));
        _world.Must(ProviderA, new RevealBid(hidden, 1_000_000, HashOf(1)));
        Assert.Equal(isKept ? ResultCode.Ok : ResultCode.Capacity, _world.Send(Tenant, new AcceptBid(open, ProviderA)));
        _world.Advance(10);
        Assert.Equal(isKept ? OrderState.Filled : OrderState.Expired, _world.OrderAt(hidden).State);
        Assert.Equal(isKept ? 4000UL : 0UL, _world.Leased(ProviderA));
    }

    [Fact]
    public void A17_unit_that_is_not_proven_is_slashed_and_can_be_promised_no_longer()
    {
        _world.Must(ProviderA, ProveCapacity.Enter);
        Open();
        Prove(0, 2);
        Prove(3, 1);
        _world.Advance(10);
        Assert.Equal((3000UL, 1UL), (ProofOf().Proven, ProofOf().Fails));
        Assert.Equal(Stake - Missed, _world.ProviderAt(ProviderA).Bonded);
        PoolBalances pools = Pools.Load(_world.State);
        Assert.Equal((Missed / 2, Missed / 2), (pools.Reliability, pools.Burned));
        Assert.Equal(ResultCode.Capacity, Bid(3001));
        Assert.Equal(ResultCode.Ok, Bid(3000));
        // What was promised stays when less is proven later.
        _world.Advance(10);
        _world.FinishRound();
        _world.Advance(10);
        Assert.Equal((0UL, 5UL), (ProofOf().Proven, ProofOf().Fails));
        Assert.Equal(3000UL, _world.Reserved(ProviderA));
        Assert.Equal(ResultCode.Capacity, Bid(1));
        // One whole epoch clears the fails.
        _world.Advance(10);
        _world.FinishRound();
        Prove(0, 4);
        _world.Advance(10);
        Assert.Equal((4000UL, 0UL), (ProofOf().Proven, ProofOf().Fails));
    }

    [Fact]
    public void Provider_that_fails_too_often_is_jailed_and_must_prove_again_when_it_returns()
    {
        _world.Parameters = Asked.With(ParameterId.CapacityFailsMax, 2);
        _world.Must(ProviderA, ProveCapacity.Enter);
        Open();
        _world.Advance(10);
        Assert.Equal(ProviderStatus.Active, _world.ProviderAt(ProviderA).Status);
        _world.Advance(10);
        _world.FinishRound();
        _world.Advance(10);
        Assert.Equal(ProviderStatus.Jailed, _world.ProviderAt(ProviderA).Status);
        Assert.Equal(Stake - (8 * Missed), _world.ProviderAt(ProviderA).Bonded);
        // A jailed one is not challenged.
        _world.Advance(30);
        Assert.Equal(CapacityState.Idle, Proofs().State);
        _world.Must(ProviderA, new Update(StatusChange.Unjail, "", default, []));
        Assert.Equal(ResultCode.Capacity, Bid(1));
        _world.Advance(20);
        _world.FinishRound();
        Prove(0, 4);
        _world.Advance(10);
        Assert.Equal(ResultCode.Ok, Bid(4000));
    }

    [Fact]
    public void A24_slashes_of_one_epoch_stay_within_the_cap()
    {
        // A ten-thousandth of 200 credits: two units' worth.
        _world.Parameters = Asked.With(ParameterId.SlashEpochCapBps, 1);
        _world.Must(ProviderA, ProveCapacity.Enter);
        Open();
        _world.Advance(10);
        Assert.Equal(Stake - (2 * Missed), _world.ProviderAt(ProviderA).Bonded);
        _world.Advance(10);
        _world.FinishRound();
        _world.Advance(10);
        // A ten-thousandth of what was left.
        Assert.Equal(Stake - (2 * Missed) - 19_998_000, _world.ProviderAt(ProviderA).Bonded);
    }

    [Fact]
    public void A18_proof_that_breaks_a_rule_is_refused_with_its_code()
    {
        Assert.Equal(ResultCode.NotFound, _world.Send(Stranger, ProveCapacity.Enter));
        Assert.Equal(ResultCode.NotFound, _world.Send(ProviderA, new ProveCapacity(ResourceClass.CpuMilli, 0, [new UnitProof([1])])));
        _world.Must(ProviderA, ProveCapacity.Enter);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(ProviderA, ProveCapacity.Enter));
        Assert.Equal(ResultCode.TooEarly, _world.Send(ProviderA, new ProveCapacity(ResourceClass.CpuMilli, 0, [new UnitProof([1])])));
        _world.Must(ProviderB, ProveCapacity.Enter);
        Open();
        Assert.Equal(CapacityProofs.Read(_world.State, ProviderB)!.Seed, Proofs().Seed);
        UnitProof good = Work(ProviderA, 0);
        ProveCapacity one = new(ResourceClass.CpuMilli, 0, [good]);
        Assert.Equal(ResultCode.NotFound, _world.Send(ProviderA, one with { Resource = ResourceClass.Gpu }));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(ProviderA, one with { First = 4 }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(ProviderA, one with { Units = [new UnitProof([good.Nonces[0]])] }));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(ProviderA, one with { Units = [Work(ProviderA, 0, 6)] }));
        // The work of another unit, and that of another provider.
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, one with { First = 1 }));
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, one with { Units = [Work(ProviderB, 0)] }));
        _world.Must(ProviderA, one);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(ProviderA, one));
        Hash256 old = Proofs().Seed;
        _world.Advance(20);
        _world.FinishRound();
        Assert.NotEqual(old, Proofs().Seed);
        // What proved in one epoch proves nothing in the next.
        Assert.Equal(ResultCode.BadProof, _world.Send(ProviderA, one));
    }

    [Fact]
    public void A19_units_are_fixed_before_the_draw_and_a_silent_beacon_is_nobodys_fault()
    {
        _world.Must(ProviderA, ProveCapacity.Enter);
        _world.Advance(20);
        Assert.Equal(CapacityState.Drawing, Proofs().State);
        _world.Must(ProviderA, new Update(StatusChange.None, "", default, [new ClassCapacity(ResourceClass.CpuMilli, 9500)]));
        Assert.Equal(4UL, ProofOf().Challenged);
        _world.Advance(10);
        Assert.Equal((CapacityState.Idle, 0UL, false), (Proofs().State, ProofOf().Fails, ProofOf().IsJudged));
        Assert.Equal(Stake, _world.ProviderAt(ProviderA).Bonded);
        _world.Advance(10);
        _world.FinishRound();
        Assert.Equal(10UL, ProofOf().Challenged);
        Prove(0, 10);
        _world.Advance(10);
        // The last unit is half a one, and counts as what there is.
        Assert.Equal(ResultCode.Capacity, Bid(9501));
        Assert.Equal(ResultCode.Ok, Bid(9500));
    }

    [Fact]
    public void Carry_over_of_a_judgement_changes_no_outcome()
    {
        List<string>[] dumps = [[], []];
        for (int late = 0; late < 2; late++)
        {
            MarketWorld world = new(Asked);
            world.Must(ProviderA, ProveCapacity.Enter);
            world.Advance(20);
            world.FinishRound();
            if (late == 1) world.Parameters = Asked.With(ParameterId.TimedWorkMax, 0);
            world.Advance(10);
            // Whoever comes first brings it to time: here the provider, who would unbond what it is about to lose.
            world.Must(ProviderA, new Unbonding(Role.Provider, StateMachine.Transactions.Stake.StakeAction.Unbond, Credit));
            world.Parameters = Asked;
            world.Advance(0);
            dumps[late] = world.Dump();
        }
        Assert.Equal(dumps[0], dumps[1]);
    }

    [Fact]
    public void Chain_that_asks_for_no_proof_takes_what_is_declared_and_lets_providers_go()
    {
        _world.Must(ProviderA, ProveCapacity.Enter);
        _world.Parameters = Parameters.Devnet;
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderB, ProveCapacity.Enter));
        Assert.Equal(ResultCode.Ok, Bid(4000));
        _world.Advance(20);
        Assert.Null(CapacityProofs.Read(_world.State, ProviderA));
    }

    [Fact]
    public void Difficulty_is_the_work_that_a_nonce_takes_on_average()
    {
        int found = Enumerable.Range(0, 16_000).Count(nonce =>
            CapacityMath.IsProof(HashOf(1), ProviderA, ResourceClass.Gpu, 3, (ulong)nonce, 16));
        Assert.InRange(found, 900, 1100);
        Assert.True(CapacityMath.IsProof(HashOf(1), ProviderA, ResourceClass.Gpu, 3, 0, 1));
        Assert.Equal((1UL, 1UL, 2UL), (CapacityMath.UnitsOf(1, 1000), CapacityMath.UnitsOf(1000, 1000), CapacityMath.UnitsOf(1001, 1000)));
        Assert.Equal((ulong)CapacityLimits.UnitsPerClassMax, CapacityMath.UnitsOf(ulong.MaxValue, 1));
    }

    private CapacityProofs Proofs() => CapacityProofs.Read(_world.State, ProviderA)!;

    private ClassProof ProofOf() => Proofs().Find(ResourceClass.CpuMilli)!;

    /// <summary>To the next epoch, and the challenge is drawn.</summary>
    private void Open()
    {
        _world.Advance(20 - (_world.Now.Seconds % 20));
        _world.FinishRound();
        Assert.Equal(CapacityState.Open, Proofs().State);
    }

    private void Prove(ulong first, int units) => _world.Must(ProviderA, new ProveCapacity(
        ResourceClass.CpuMilli, first, [.. Enumerable.Range(0, units).Select(i => Work(ProviderA, first + (ulong)i))]));

    private UnitProof Work(in Address provider, ulong unit, int count = 2)
    {
        List<ulong> nonces = [];
        for (ulong nonce = 0; nonces.Count < count; nonce++)
        {
            bool isProof = CapacityMath.IsProof(
                Proofs().Seed, provider, ResourceClass.CpuMilli, unit, nonce, Asked.CapacityDifficulty);
            if (isProof) nonces.Add(nonce);
        }
        return new UnitProof(nonces);
    }

    private ResultCode Bid(ulong units)
    {
        OrderTerms terms = Terms();
        ulong order = _world.OpenOrder(terms with { Needs = terms.Needs with { Resources = new ResourceVector(units) }, OpenSeconds = 3600 });
        return _world.Send(ProviderA, BidOn(order));
    }
}
