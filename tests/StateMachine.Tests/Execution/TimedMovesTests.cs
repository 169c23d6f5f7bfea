using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Execution;

public sealed class TimedMovesTests
{
    [Fact]
    public void Due_moves_run_before_transactions_and_call_for_another_block()
    {
        TestChain chain = new();
        MarketTime due = new((ulong)chain.Time.Seconds + 10);
        Edit(chain, state => TimedQueue.Schedule(state, due, TimedKind.AccountExpiry, TestKeys.AddressOf("alice").Span));
        Assert.False(chain.Run(9_999).CallsForAnotherBlock);
        BlockOutcome outcome = chain.Run(1);
        Assert.True(outcome.CallsForAnotherBlock);
        Assert.Null(Assert.Single(outcome.Changes).Value);
        Assert.False(chain.Run(1).CallsForAnotherBlock);
    }

    [Fact]
    public void Cancelled_move_does_not_run()
    {
        TestChain chain = new();
        MarketTime due = new((ulong)chain.Time.Seconds + 10);
        Edit(chain, state => TimedQueue.Schedule(state, due, TimedKind.AccountExpiry, TestKeys.AddressOf("alice").Span));
        Edit(chain, state => TimedQueue.Cancel(state, due, TimedKind.AccountExpiry, TestKeys.AddressOf("alice").Span));
        Edit(chain, state => TimedQueue.Cancel(state, due, TimedKind.AccountExpiry, TestKeys.AddressOf("bob").Span));
        Assert.False(chain.Run(60_000).CallsForAnotherBlock);
    }

    [Fact]
    public void Moves_beyond_the_work_cap_are_carried_over()
    {
        TestChain chain = new(TestGenesis.Document() with
        {
            Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, 1000),
        });
        Edit(chain, state =>
        {
            for (int i = 0; i < 25; i++)
            {
                TimedQueue.Schedule(
                    state, new MarketTime((ulong)i), TimedKind.AccountExpiry, TestKeys.AddressOf("somebody-" + i).Span);
            }
        });
        List<int> ran = [];
        for (int i = 0; i < 4; i++) ran.Add(chain.Run(1000).Changes.Count);
        Assert.Equal([10, 10, 5, 0], ran);
    }

    [Fact]
    public void P26_work_of_timed_moves_is_below_the_cap_and_one_move_more()
    {
        const ulong Cap = 9_000;
        TestChain chain = new(TestGenesis.Document() with
        {
            Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, Cap),
        });
        // None of these objects is there, which a move finds out for itself.
        TimedKind[] kinds = [TimedKind.Order, TimedKind.Lease, TimedKind.Offer, TimedKind.Case, TimedKind.DataSet, TimedKind.Task, TimedKind.Proposal];
        Edit(chain, state =>
        {
            foreach (TimedKind kind in kinds)
            {
                for (byte i = 0; i < 9; i++) TimedQueue.Schedule(state, new MarketTime(i), kind, [.. new byte[7], i]);
            }
        });
        ulong most = 0;
        foreach (TimedKind kind in kinds) most = Math.Max(most, TimedKinds.Find(kind)!.Weight);
        int left = int.MaxValue;
        while (left > 0)
        {
            SortedDictionary<byte, int> before = Waiting(chain);
            chain.Run(1);
            SortedDictionary<byte, int> after = Waiting(chain);
            ulong work = 0;
            left = 0;
            foreach ((byte kind, int count) in before)
            {
                work += (ulong)(count - after.GetValueOrDefault(kind)) * TimedKinds.Find((TimedKind)kind)!.Weight;
                left += after.GetValueOrDefault(kind);
            }
            Assert.InRange(work, 1UL, Cap + most - 1);
        }
    }

    [Fact]
    public void Arithmetic_exception_quarantines_the_object_with_an_event()
    {
        TestChain chain = new();
        Address address = TestKeys.AddressOf("broken");
        Edit(chain, state =>
        {
            // Adding the waiting time to this moment leaves 64 bits.
            Ledger.Store(state, address, new(0, TestKeys.PublicOf("broken"), ulong.MaxValue, []));
            TimedQueue.Schedule(state, new MarketTime(5), TimedKind.AccountExpiry, address.Span);
        });
        BlockOutcome outcome = chain.Run(1000);
        Event happened = Assert.Single(outcome.BlockEvents);
        Assert.Equal("Quarantined", happened.Type);
        Assert.Equal(Hex.Lower(address.Span), happened.Attributes[1].Value);
        byte[] key = [Schema.Quarantine, (byte)TimedKind.AccountExpiry, .. address.Span];
        Assert.NotNull(chain.State.Get(StoreId.Market, key));
        Assert.False(chain.Run(1000).CallsForAnotherBlock);
    }

    private static SortedDictionary<byte, int> Waiting(TestChain chain)
    {
        SortedDictionary<byte, int> waiting = [];
        foreach (KeyValuePair<byte[], byte[]> move in chain.State.Range(StoreId.Market, [Schema.TimedQueue], [Schema.TimedQueue + 1]))
        {
            waiting[move.Key[9]] = waiting.GetValueOrDefault(move.Key[9]) + 1;
        }
        return waiting;
    }

    private static void Edit(TestChain chain, Action<StateOverlay> edit)
    {
        StateOverlay state = new(chain.State);
        edit(state);
        chain.State.Apply(state.Changes);
    }
}
