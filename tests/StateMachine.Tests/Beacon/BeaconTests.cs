using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Beacon;

public sealed class BeaconTests
{
    /// <summary>A kind whose move does nothing here, since no such attestation exists.</summary>
    private const TimedKind Waiter = TimedKind.Attestation;

    [Fact]
    public void Beacon_without_a_draw_asks_for_nothing()
    {
        BeaconChain chain = new(4);
        for (int i = 0; i < 8; i++) Assert.Empty(chain.Turn().Results);
        Assert.Equal(BeaconRound.First.Encode(), chain.Round.Encode());
    }

    [Fact]
    public void Round_opens_with_enough_tips_and_ends_with_enough_reveals_of_distinct_validators()
    {
        BeaconChain chain = new(4);
        Assert.Equal(1UL, chain.Request(Waiter, HashOf(1).ToArray()));
        List<string> events = [];
        for (int i = 0; i < 6; i++) events.AddRange(chain.Turn().Results.SelectMany(r => r.Events).Select(e => e.Type));
        Assert.Equal(
            [
                "BeaconTipRegistered", "BeaconTipRegistered", "BeaconOpened", "BeaconTipRegistered", "BeaconTipRegistered",
                "BeaconRevealed", "BeaconRevealed", "BeaconFinished",
            ], events);
        Assert.Equal(2UL, chain.Round.Number);
        Assert.False(chain.Round.IsWanted);
        // Everybody who waited has been served, so the value went.
        Assert.Null(Draws.Find(chain.Chain.State, 1));
        Assert.False(Draws.AreRunning(chain.Chain.State));
    }

    [Fact]
    public void Value_depends_on_every_reveal_and_is_the_same_however_blocks_fall()
    {
        Assert.Equal(ValueOf(new BeaconChain(4)), ValueOf(new BeaconChain(4)));
        Assert.NotEqual(ValueOf(new BeaconChain(4)), ValueOf(new BeaconChain(4), withholding: 1));
    }

    [Fact]
    public void A19_proposer_can_only_withhold_and_the_round_ends_without_it()
    {
        BeaconChain chain = new(4);
        chain.Request(Waiter, HashOf(1).ToArray());
        for (int i = 0; i < 12; i++) chain.Turn(0);
        Assert.Equal(2UL, chain.Round.Number);
        // Somebody else's preimage, an own one that is none, a second tip, and a link too far are all refused.
        chain.Request(Waiter, HashOf(2).ToArray());
        Address second = chain.Validator(1);
        BeaconTransaction reveal = chain.Opening(second)!;
        Assert.False(reveal.Preimage.IsZero);
        Refused(chain, chain.Validator(2), reveal);
        Refused(chain, second, new BeaconTransaction(HashOf(9), default));
        Refused(chain, second, new BeaconTransaction(default, HashOf(9)));
        Refused(chain, second, reveal with { Tip = HashOf(9) });
        Refused(chain, AddressOf(77), new BeaconTransaction(default, HashOf(9)));
        BlockFault late = BlockValidity.Check(
            chain.Chain.State, chain.Input(second, chain.Chain.Sign("alice", [new Stake(Role.Juror, StakeAction.Bond, 1)]).Bytes, reveal.Encode()));
        Assert.Equal(BlockFaultCode.BadTransaction, late.Code);
    }

    [Fact]
    public void Draw_asked_for_after_the_first_reveal_waits_for_the_next_round()
    {
        BeaconChain chain = new(4);
        Assert.Equal(1UL, chain.Request(Waiter, HashOf(1).ToArray()));
        while (chain.Round.Revealers.Count == 0) chain.Turn();
        Assert.True(Draws.AreRunning(chain.Chain.State));
        Assert.Equal(2UL, chain.Request(Waiter, HashOf(2).ToArray()));
        chain.Turn();
        // It opened in the block that ended the first; reveals count from the next on.
        Assert.Equal((2UL, true, true, 0), (chain.Round.Number, chain.Round.IsWanted, chain.Round.IsOpen, chain.Round.Revealers.Count));
        chain.Turn();
        chain.Turn();
        Assert.Equal(3UL, chain.Round.Number);
    }

    [Fact]
    public void Round_whose_validators_left_opens_again_or_ends_with_what_it_has()
    {
        BeaconChain chain = new(4);
        chain.Request(Waiter, HashOf(1).ToArray());
        while (chain.Round.Revealers.Count == 0) chain.Turn(2, 3);
        chain.Unseat(1);
        // Only the one that revealed has a tip of before the round: it must open again, for validators that registered since.
        for (int i = 0; i < 12 && chain.Round.Number == 1; i++) chain.Turn();
        Assert.Equal(2UL, chain.Round.Number);
        BeaconChain lone = new(2);
        lone.Request(Waiter, HashOf(1).ToArray());
        while (lone.Round.Revealers.Count == 0) lone.Turn();
        lone.Unseat(lone.Round.HasRevealed(lone.Validator(0)) ? 1 : 0);
        for (int i = 0; i < 4; i++) lone.Turn();
        Assert.Equal(2UL, lone.Round.Number);
    }

    [Fact]
    public void Stakes_of_those_who_are_drawn_do_not_change_while_a_draw_runs()
    {
        BeaconChain chain = new(4);
        Register juror = new(Role.Juror, 20 * Credit, "", default, [], "", [], 0);
        Assert.Equal(ResultCode.Ok, chain.Chain.RunOne("alice", juror).Code);
        chain.Request(Waiter, HashOf(1).ToArray());
        while (chain.Round.Revealers.Count == 0) chain.Turn();
        Assert.Equal(ResultCode.TooEarly, chain.Chain.RunOne("bob", juror).Code);
        Assert.Equal(ResultCode.TooEarly, chain.Chain.RunOne("alice", new Stake(Role.Juror, StakeAction.Bond, 1)).Code);
        Assert.Equal(ResultCode.TooEarly, chain.Chain.RunOne("alice", new Stake(Role.Juror, StakeAction.Unbond, 1)).Code);
        chain.Turn();
        chain.Turn();
        Assert.Equal(ResultCode.Ok, chain.Chain.RunOne("bob", juror).Code);
    }

    [Fact]
    public void Used_up_chain_is_followed_by_the_next_one()
    {
        BeaconChain chain = new(1);
        chain.Request(Waiter, HashOf(1).ToArray());
        chain.Turn();
        Address validator = chain.Validator(0);
        StateOverlay overlay = new(chain.Chain.State);
        BeaconTips.Store(overlay, validator, new BeaconTip(BeaconChain.SeedOf(validator), 1, BeaconTip.Length, new(1)));
        chain.Chain.State.Apply([.. overlay.Changes]);
        chain.Turn();
        Assert.Equal((2UL, 0UL), (BeaconTips.Load(chain.Chain.State, validator)!.Generation, BeaconTips.Load(chain.Chain.State, validator)!.Used));
        chain.Turn();
        chain.Turn();
        Assert.Equal(2UL, chain.Round.Number);
    }

    [Fact]
    public void Weighted_draw_takes_each_once_and_follows_the_weights()
    {
        int[] first = new int[3];
        for (int i = 0; i < 6000; i++)
        {
            Hash256 seed = DrawMath.Seed(HashOf(3), "test"u8, BitConverter.GetBytes(i));
            List<int> drawn = DrawMath.Weighted(seed, [100, 0, 200], 5);
            Assert.Equal(2, drawn.Count);
            Assert.DoesNotContain(1, drawn);
            first[drawn[0]]++;
        }
        // Expected 2000 and 4000; the seeds are fixed, so this is no matter of luck.
        Assert.InRange(first[0], 1850, 2150);
        Assert.Empty(DrawMath.Weighted(HashOf(3), [], 3));
    }

    [Fact]
    public void Records_decode_to_what_they_were_and_nothing_shorter_does()
    {
        byte[] round = new BeaconRound(7, true, false, new(3), HashOf(1), [AddressOf(1)]).Encode();
        Assert.True(BeaconRound.TryDecode(round, out BeaconRound readRound, out _));
        Assert.Equal(round, readRound.Encode());
        byte[] tip = new BeaconTip(HashOf(1), 2, 3, new(4)).Encode();
        Assert.True(BeaconTip.TryDecode(tip, out BeaconTip readTip, out _));
        Assert.Equal(tip, readTip.Encode());
        byte[] value = new BeaconValue(HashOf(1), new(5)).Encode();
        Assert.True(BeaconValue.TryDecode(value, out BeaconValue readValue, out _));
        Assert.Equal(value, readValue.Encode());
        for (int length = 0; length < round.Length; length++) Assert.False(BeaconRound.TryDecode(round.AsSpan(0, length), out _, out _));
        for (int length = 0; length < tip.Length; length++) Assert.False(BeaconTip.TryDecode(tip.AsSpan(0, length), out _, out _));
        byte[] opening = new BeaconTransaction(HashOf(1), HashOf(2)).Encode();
        Assert.Equal(BeaconTransaction.Size, opening.Length);
        Assert.False(StateMachine.Transactions.SignedTransaction.TryDecode(opening, out _, out DecodeError error));
        Assert.NotEqual(DecodeCode.None, error.Code);
    }

    private static string ValueOf(BeaconChain chain, int withholding = -1)
    {
        chain.Request(Waiter, HashOf(1).ToArray());
        for (int i = 0; i < 12; i++)
        {
            foreach (Event happened in chain.Turn(withholding).Results.SelectMany(r => r.Events))
            {
                if (happened.Type == "BeaconFinished") return happened.Attributes[1].Value;
            }
        }
        throw new InvalidOperationException("the round did not end");
    }

    private static void Refused(BeaconChain chain, in Address proposer, BeaconTransaction transaction)
    {
        BlockFault fault = BlockValidity.Check(chain.Chain.State, chain.Input(proposer, transaction.Encode()));
        Assert.Equal((BlockFaultCode.BadTransaction, ResultCode.BadProof), (fault.Code, fault.Transaction));
    }
}
