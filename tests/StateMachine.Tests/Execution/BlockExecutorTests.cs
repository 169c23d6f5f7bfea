using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Merkle;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.StateMachine.Tests.Execution;

public sealed class BlockExecutorTests
{
    [Fact]
    public void Transfer_moves_credits_and_splits_its_fee()
    {
        TestChain chain = new();
        ulong alice = chain.Balance("alice");
        ulong bob = chain.Balance("bob");
        BlockOutcome outcome = chain.Run(1000, chain.Sign("alice", [Pay("bob", 5)], tip: 7));
        TransactionOutcome result = Assert.Single(outcome.Results);
        ulong fee = ((ulong)result.GasUsed * 10) + 7;
        Assert.Equal(ResultCode.Ok, result.Code);
        Assert.Equal(alice - 5 - fee, chain.Balance("alice"));
        Assert.Equal(bob + 5, chain.Balance("bob"));
        PoolBalances pools = Pools.Load(chain.State);
        Assert.Equal(fee / 2, pools.Burned);
        Assert.Equal(fee / 4, pools.ValidatorRewards);
        Assert.Equal(fee - (fee / 2) - (fee / 4), pools.Treasury);
        Assert.Equal(1UL, chain.Account("alice").NextSequence(0));
        Assert.Equal(TestKeys.PublicOf("alice"), chain.Account("alice").Key);
        Assert.Equal("FeePaid", result.Events[0].Type);
        Assert.Equal("Transferred", result.Events[1].Type);
        Assert.Equal(0, chain.HeldInAll());
        Assert.True(outcome.CallsForAnotherBlock);
    }

    [Fact]
    public void Failed_messages_pay_the_fee_move_the_sequence_and_change_nothing_else()
    {
        TestChain chain = new();
        ulong alice = chain.Balance("alice");
        ulong bob = chain.Balance("bob");
        BlockOutcome outcome = chain.Run(1000, chain.Sign("alice", [Pay("bob", 5), Pay("bob", ulong.MaxValue)]));
        TransactionOutcome result = outcome.Results[0];
        Assert.Equal(ResultCode.InsufficientFunds, result.Code);
        Assert.Equal(alice - ((ulong)result.GasUsed * 10), chain.Balance("alice"));
        Assert.Equal(bob, chain.Balance("bob"));
        Assert.Equal(1UL, chain.Account("alice").NextSequence(0));
        Assert.Single(result.Events);
        // The payer, the pools, the base fee and the event range: nothing else changed.
        Assert.Equal(4, outcome.Changes.Count);
    }

    [Theory]
    [InlineData("key", ResultCode.WrongKey)]
    [InlineData("past", ResultCode.BadSequence)]
    [InlineData("future", ResultCode.BadSequence)]
    [InlineData("fee", ResultCode.FeeTooLow)]
    [InlineData("funds", ResultCode.InsufficientFunds)]
    public void Transaction_that_fails_before_its_messages_pays_nothing_and_changes_nothing(string fault, ResultCode code)
    {
        TestChain chain = new();
        SignedTransaction? replayed = null;
        if (fault == "past")
        {
            replayed = chain.Sign("alice", [Pay("bob", 1)]);
            chain.Run(1000, replayed);
        }
        SortedDictionary<StateKey, byte[]> before = new(Copy(chain));
        BlockOutcome outcome = chain.Run(0, fault switch
        {
            "key" => chain.Sign("alice", [Pay("bob", 1)], keyName: "bob"),
            "past" => replayed!,
            "future" => chain.Sign("alice", [Pay("bob", 1)], ahead: 1),
            "fee" => chain.Sign("alice", [Pay("bob", 1)], feeMax: 100),
            _ => chain.Sign("nobody", [Pay("bob", 1)]),
        });
        TransactionOutcome result = outcome.Results[0];
        Assert.Equal(code, result.Code);
        Assert.Equal(0, result.GasUsed);
        Assert.Empty(result.Events);
        Assert.True(result.Data.IsEmpty);
        Assert.Empty(outcome.Changes);
        Assert.Equal(before, Copy(chain));
    }

    [Fact]
    public void Arithmetic_exception_in_a_message_fails_its_transaction_alone()
    {
        TestChain chain = new();
        // No chain can hold so much; the sum in the message's rule leaves 64 bits.
        StateOverlay rich = new(chain.State);
        Provider provider = Providers.Load(rich, TestKeys.AddressOf("provider"))!;
        Providers.Store(rich, provider with { Stake = new StakeBalance(ulong.MaxValue, 0, []) });
        chain.State.Apply(rich.Changes);
        Stake bond = new(Role.Provider, StakeAction.Bond, 1);
        BlockOutcome outcome = chain.Run(1000, chain.Sign("provider", [bond]), chain.Sign("bob", [Pay("carol", 1)]));
        Assert.Equal(ResultCode.Overflow, outcome.Results[0].Code);
        Assert.True(outcome.Results[0].GasUsed > 0);
        Assert.Equal(ResultCode.Ok, outcome.Results[1].Code);
    }

    [Fact]
    public void Empty_block_of_one_validator_writes_nothing()
    {
        TestChain chain = new();
        for (int i = 0; i < 3; i++)
        {
            BlockOutcome outcome = chain.Run(1000);
            Assert.Empty(outcome.Changes);
            Assert.Empty(outcome.BlockEvents);
            Assert.False(outcome.CallsForAnotherBlock);
        }
    }

    [Fact]
    public void Empty_block_of_several_validators_writes_their_priorities_alone()
    {
        TestChain chain = new(TestGenesis.Document(validators: 4));
        BlockOutcome outcome = chain.Run(1000);
        Assert.Equal(2, outcome.Changes.Count);
        Assert.False(outcome.CallsForAnotherBlock);
        Assert.Equal(ValidatorSets.AfterNext(chain.State).Proposer, outcome.NextValidators.Proposer);
    }

    [Fact]
    public void Proposers_take_turns_as_the_sets_move_on()
    {
        TestChain chain = new(TestGenesis.Document(validators: 4));
        SortedSet<Address> proposers = [];
        for (int i = 0; i < 4; i++)
        {
            proposers.Add(ValidatorSets.Next(chain.State).Proposer.Address);
            chain.Run(1000);
        }
        Assert.Equal(4, proposers.Count);
    }

    [Fact]
    public void Transactions_of_one_sender_follow_each_other_in_a_block_and_lanes_are_apart()
    {
        TestChain chain = new();
        BlockOutcome outcome = chain.Run(
            1000,
            chain.Sign("alice", [Pay("bob", 1)]),
            chain.Sign("alice", [Pay("bob", 1)], ahead: 1),
            chain.Sign("alice", [Pay("bob", 1)], lane: 15),
            chain.Sign("alice", [Pay("bob", 1)], lane: 3));
        Assert.All(outcome.Results, result => Assert.Equal(ResultCode.Ok, result.Code));
        Assert.Equal(2UL, chain.Account("alice").NextSequence(0));
        Assert.Equal(1UL, chain.Account("alice").NextSequence(3));
        Assert.Equal(1UL, chain.Account("alice").NextSequence(15));
        Assert.Equal(0UL, chain.Account("alice").NextSequence(1));
    }

    [Fact]
    public void Unknown_application_version_is_refused()
    {
        TestChain chain = new();
        BlockInput input = chain.Input(chain.Time.AddMs(1000)) with { AppVersion = 2 };
        Assert.Throws<InvariantException>(() => BlockExecutor.Execute(chain.State, input));
        Assert.Equal(BlockFaultCode.UnknownVersion, BlockValidity.Check(chain.State, input).Code);
    }

    [Fact]
    public void Events_are_proven_from_the_range_in_the_state()
    {
        TestChain chain = new();
        List<byte[]> leaves = [];
        for (int i = 0; i < 7; i++)
        {
            BlockOutcome outcome = chain.Run(1000, chain.Sign("alice", [Pay("bob", 1)]), chain.Sign("bob", [Pay("bob", 1)]));
            TransactionOutcome result = outcome.Results[1];
            List<byte[]> encoded = [result.Events[0].Encode(), result.Events[1].Encode()];
            Assert.Equal(MerkleTree.Root(encoded).ToArray(), result.Data.ToArray());
            Hash256 root = EventRoots.OfBlock(outcome.BlockEvents, outcome.Results)!.Value;
            List<byte[]> parts =
                [EventRoots.Of(outcome.BlockEvents).ToArray(), outcome.Results[0].Data.ToArray(), result.Data.ToArray()];
            Assert.Equal(MerkleTree.Root(parts), root);
            leaves.Add(EventRange.Leaf(outcome.Block.Height, root));
            chain.Run(1000);
        }
        EventRange range = EventRange.Load(chain.State);
        Assert.Equal(7UL, range.Count);
        Assert.Equal(
            [MerkleTree.Root(leaves[..4]), MerkleTree.Root(leaves[4..6]), MerkleTree.Root(leaves[6..])], range.Peaks);
    }

    [Fact]
    public void Evidence_calls_for_another_block()
    {
        TestChain chain = new();
        Vote vote = new(
            VoteType.Precommit, new(1), Round.Zero,
            BlockId.Nil, chain.Time, TestKeys.AddressOf("validator"), 0, default);
        BlockInput input = chain.Input(chain.Time.AddMs(1000)) with { Evidence = [new(vote, vote, 10, 10, chain.Time)] };
        BlockOutcome outcome = BlockExecutor.Execute(chain.State, input);
        Assert.True(outcome.CallsForAnotherBlock);
        Assert.Empty(outcome.ValidatorUpdates);
    }

    private static Transfer Pay(string to, ulong amount) => new(TestKeys.AddressOf(to), amount, default);

    private static SortedDictionary<StateKey, byte[]> Copy(TestChain chain)
    {
        SortedDictionary<StateKey, byte[]> copy = [];
        foreach ((StateKey key, byte[] value) in chain.State.All) copy.Add(key, value);
        return copy;
    }
}
