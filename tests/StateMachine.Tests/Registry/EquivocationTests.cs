using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Registry;

public sealed class EquivocationTests
{
    private const ulong Credit = TestGenesis.Credit;

    private static readonly Address Offender = TestKeys.AddressOf("validator-1");
    private static readonly Address Behind = TestKeys.AddressOf("provider-1");

    [Fact]
    public void Double_vote_slashes_and_jails_and_the_seat_leaves_two_heights_later()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        BlockOutcome outcome = chain.RunWith(Equivocation.By("validator-1", 1));

        // 5 % of 1,000 credits: 25 to the reliability pool, 25 burned.
        Provider provider = Providers.Load(chain.State, Behind)!;
        Assert.Equal(950 * Credit, provider.Bonded);
        Assert.Equal(ProviderStatus.Jailed, provider.Status);
        PoolBalances pools = Pools.Load(chain.State);
        Assert.Equal(25 * Credit, pools.Reliability);
        Assert.Equal(25 * Credit, pools.Burned);
        Assert.Equal(0, chain.HeldInAll());
        Assert.Null(Seats.Load(chain.State, Offender));
        Assert.Equal([new ValidatorUpdate(TestKeys.PublicOf("validator-1"), 0)], outcome.ValidatorUpdates);
        Assert.Equal(-1, outcome.NextValidators.IndexOf(Offender));
        Assert.True(ValidatorSets.Next(chain.State).IndexOf(Offender) >= 0);
        Assert.True(outcome.CallsForAnotherBlock);

        Assert.Equal(3, outcome.BlockEvents.Count);
        Event slashed = outcome.BlockEvents[0];
        Assert.Equal("Slashed", slashed.Type);
        Assert.Contains(new EventAttribute("from", "active"), slashed.Attributes);
        Assert.Contains(new EventAttribute("to", "jailed"), slashed.Attributes);
        Assert.Contains(new EventAttribute("stake_from", 1000 * Credit), slashed.Attributes);
        Assert.Contains(new EventAttribute("stake_to", 950 * Credit), slashed.Attributes);
        Assert.Contains(new EventAttribute("reliability", 25 * Credit), slashed.Attributes);
        Assert.Contains(new EventAttribute("burned", 25 * Credit), slashed.Attributes);
        Assert.Equal("ProviderMoved", outcome.BlockEvents[1].Type);
        Assert.Equal("SeatEnded", outcome.BlockEvents[2].Type);
    }

    [Fact]
    public void Same_height_is_punished_once_and_another_height_again_after_the_seat_ended()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        BlockOutcome outcome = chain.RunWith(
            Equivocation.By("validator-1", 1), Equivocation.By("validator-1", 1, VoteType.Prevote));
        Assert.Equal("EvidenceIgnored", outcome.BlockEvents[^1].Type);
        Assert.Contains(new EventAttribute("reason", "already_punished"), outcome.BlockEvents[^1].Attributes);
        chain.RunWith(Equivocation.By("validator-1", 1));
        Assert.Equal(950 * Credit, Providers.Load(chain.State, Behind)!.Bonded);

        chain.RunWith(Equivocation.By("validator-1", 2));
        Assert.Equal(9025 * Credit / 10, Providers.Load(chain.State, Behind)!.Bonded);
        Assert.Equal(0, chain.HeldInAll());
    }

    [Fact]
    public void Ended_seat_answers_for_evidence_age_plus_unbonding_and_no_longer()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        chain.RunWith(Equivocation.By("validator-1", 1));
        chain.Pass(119);
        Assert.NotNull(PastSeats.Load(chain.State, Offender));
        chain.Pass(1);
        Assert.Null(PastSeats.Load(chain.State, Offender));
        BlockOutcome late = chain.RunWith(Equivocation.By("validator-1", 2));
        Assert.Contains(new EventAttribute("reason", "unknown_validator"), late.BlockEvents[0].Attributes);
        Assert.Equal(950 * Credit, Providers.Load(chain.State, Behind)!.Bonded);
    }

    [Fact]
    public void Last_validator_is_slashed_and_jailed_but_keeps_its_seat()
    {
        TestChain chain = new(TestGenesis.Document(validators: 2));
        BlockOutcome outcome = chain.RunWith(Equivocation.By("validator", 1), Equivocation.By("validator-1", 1));
        Assert.Equal("SeatKept", outcome.BlockEvents[^1].Type);
        Assert.Equal(1, outcome.NextValidators.Count);
        Assert.True(outcome.NextValidators.IndexOf(Offender) >= 0);
        Assert.Equal(ProviderStatus.Jailed, Providers.Load(chain.State, Behind)!.Status);
        Assert.Equal(950 * Credit, Providers.Load(chain.State, Behind)!.Bonded);
        Assert.Equal(950 * Credit, Providers.Load(chain.State, TestKeys.AddressOf("provider"))!.Bonded);
        Assert.Equal(0, chain.HeldInAll());
    }

    [Fact]
    public void Slash_takes_free_and_unbonding_stake_but_never_collateral()
    {
        TestChain chain = new(TestGenesis.Document(validators: 2));
        StateOverlay state = new(chain.State);
        Parameters.Store(state, Parameters.Devnet.With(ParameterId.EquivocationSlashBps, 10_000));
        Provider before = Providers.Load(chain.State, Behind)!;
        UnbondingEntry leaving = new(300 * Credit, new MarketTime(4_000_000_000));
        Providers.Store(state, before with
        {
            Status = ProviderStatus.Exiting,
            Stake = new StakeBalance(700 * Credit, 600 * Credit, [leaving]),
        });
        chain.State.Apply(state.Changes);

        chain.RunWith(Equivocation.By("validator-1", 1));
        Provider after = Providers.Load(chain.State, Behind)!;
        Assert.Equal(600 * Credit, after.Bonded);
        Assert.Equal(600 * Credit, after.Locked);
        Assert.Empty(after.Stake.Unbonding);
        Assert.Equal(ProviderStatus.Exiting, after.Status);
        Assert.Equal(200 * Credit, Pools.Load(chain.State).Reliability);
        Assert.Equal(0, chain.HeldInAll());
    }

    [Fact]
    public void Slash_of_part_of_the_unbonding_stake_takes_the_earliest_first()
    {
        UnbondingEntry first = new(30, new MarketTime(10));
        UnbondingEntry second = new(40, new MarketTime(20));
        StakeBalance slashed = new StakeBalance(100, 95, [first, second]).WithSlashed(45);
        Assert.Equal(95UL, slashed.Bonded);
        Assert.Equal([second with { Amount = 30 }], slashed.Unbonding);
    }

    [Fact]
    public void Past_seat_round_trips_and_a_mutated_one_is_refused()
    {
        PastSeat stored = new(Behind, TestKeys.PublicOf("node-1"), new Height(9), new MarketTime(77));
        byte[] bytes = stored.Encode();
        Assert.True(PastSeat.TryDecode(bytes, out PastSeat seat, out _));
        Assert.Equal(stored, seat);
        Assert.False(PastSeat.TryDecode(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
        Assert.False(PastSeat.TryDecode([.. bytes, 0], out _, out _));
    }
}
