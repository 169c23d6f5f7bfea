using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Node.Mempool;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Chain.Tests.Shared;

namespace Chain.Node.Tests.Mempool;

public sealed class TransactionPoolTests : IDisposable
{
    private const ulong Later = 2_000_000_000;

    private readonly PrivateKey _alice = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
    private readonly PrivateKey _bob = PrivateKey.FromSeed(Sha256.Hash([2]).Span);
    private readonly TransactionPool _pool = new(transactionsMax: 8, bytesMax: 100_000);
    private long _arrival;

    [Fact]
    public void Add_sameTransactionTwice_isDuplicate()
    {
        PooledTransaction first = Make(_alice, sequence: 0);

        Assert.Equal(ResultCode.Ok, _pool.Add(first, nextSequence: 0));
        Assert.Equal(ResultCode.Duplicate, _pool.Add(first, nextSequence: 0));
    }

    [Fact]
    public void Add_slotTaken_needsTenPercentMoreTipPerWork()
    {
        _pool.Add(Make(_alice, sequence: 0, tip: 1_000), 0);

        Assert.Equal(ResultCode.ReplacementUnderpriced, _pool.Add(Make(_alice, 0, tip: 1_099), 0));
        PooledTransaction better = Make(_alice, 0, tip: 1_200);
        Assert.Equal(ResultCode.Ok, _pool.Add(better, 0));
        Assert.Equal(better.Id, Assert.Single(SelectAll()).Id);
        Assert.Equal((1, (long)better.Bytes.Length), _pool.Size);
    }

    [Fact]
    public void Add_sequenceBehindOrFarAhead_isRefused()
    {
        Assert.Equal(ResultCode.BadSequence, _pool.Add(Make(_alice, sequence: 4), nextSequence: 5));
        Assert.Equal(ResultCode.SequenceTooFar, _pool.Add(Make(_alice, sequence: 22), nextSequence: 5));
        Assert.Equal(ResultCode.Ok, _pool.Add(Make(_alice, sequence: 21), nextSequence: 5));
        Assert.Equal((1, 1), (_pool.Size.Count, _pool.Peek(10).Count));
    }

    [Fact]
    public void Add_poolFull_isRefusedAndStoresNothing()
    {
        for (ulong i = 0; i < 8; i++) Assert.Equal(ResultCode.Ok, _pool.Add(Make(_alice, i), 0));

        Assert.Equal(ResultCode.MempoolFull, _pool.Add(Make(_bob, 0), 0));
        Assert.Equal(8, _pool.Size.Count);
    }

    [Fact]
    public void Add_poolFullOfGaps_makesRoomForWhatABlockCouldTake()
    {
        for (ulong i = 1; i <= 8; i++) Assert.Equal(ResultCode.Ok, _pool.Add(Make(_alice, i), 0));

        Assert.Equal(ResultCode.Ok, _pool.Add(Make(_bob, 0), 0));
        Assert.Equal(8, _pool.Size.Count);
        Assert.Equal(ResultCode.MempoolFull, _pool.Add(Make(_bob, 2), 0));
        Assert.True(_pool.HasReady);
        Assert.Single(SelectAll());
    }

    [Fact]
    public void Add_poolFullOfLowTips_dropsTheLastOfALaneForATenPercentHigherTip()
    {
        for (ulong i = 0; i < 8; i++) _pool.Add(Make(_alice, i, tip: 1_000 + i), 0);

        Assert.Equal(ResultCode.MempoolFull, _pool.Add(Make(_bob, 0, tip: 1_050), 0));
        Assert.Equal(ResultCode.Ok, _pool.Add(Make(_bob, 0, tip: 1_200), 0));
        Assert.Equal([1_200UL, 1_000UL, 1_001UL, 1_002UL, 1_003UL, 1_004UL, 1_005UL, 1_006UL], SelectAll().Select(t => t.Body.Tip));
    }

    [Fact]
    public void Add_poolFullOfBytes_dropsAsManyAsItTakesOrNone()
    {
        int size = Make(_alice, 0).Bytes.Length;
        TransactionPool pool = new(transactionsMax: 8, bytesMax: 3 * size);
        for (ulong i = 0; i < 3; i++) pool.Add(Make(_alice, i), 0);
        PooledTransaction wide = Make(_bob, 0, tip: 5_000, memo: new string('m', 100));

        Assert.Equal(ResultCode.Ok, pool.Add(wide, 0));
        Assert.Equal((2, (long)(wide.Bytes.Length + size)), pool.Size);
    }

    [Fact]
    public void Pool_afterAnyChanges_knowsWhetherItHasAReadyOne()
    {
        Random random = new((int)(PropertyCheck.Seed % int.MaxValue));
        PrivateKey[] senders = [_alice, _bob];
        ulong[] next = new ulong[2];
        for (int step = 0; step < 2_000; step++)
        {
            int who = random.Next(2);
            int what = random.Next(10);
            if (what == 0) Advance(senders[who], ++next[who]);
            else if (what == 1 && _pool.Peek(1) is [{ } any]) _pool.Drop(any.Id);
            else _pool.Add(Make(senders[who], next[who] + (ulong)random.Next(5), (ulong)random.Next(100_000)), next[who]);
            Assert.True(_pool.HasReady == (SelectAll().Count > 0), $"CHAIN_TEST_SEED={PropertyCheck.Seed}, step {step}");
            Assert.InRange(_pool.Size.Count, 0, 8);
        }
    }

    [Fact]
    public void Select_gapInLane_holdsBackWhatFollows()
    {
        _pool.Add(Make(_alice, sequence: 1), 0);
        Assert.False(_pool.HasReady);
        Assert.Empty(SelectAll());

        _pool.Add(Make(_alice, sequence: 0), 0);
        Assert.True(_pool.HasReady);
        Assert.Equal([0UL, 1UL], SelectAll().Select(t => t.Sequence));
    }

    [Fact]
    public void Select_severalLanes_bestTipFirstButNeverAgainstSequence()
    {
        _pool.Add(Make(_alice, sequence: 0, tip: 10), 0);
        _pool.Add(Make(_alice, sequence: 1, tip: 9_000), 0);
        _pool.Add(Make(_bob, sequence: 0, tip: 500), 0);

        Assert.Equal([500UL, 10UL, 9_000UL], SelectAll().Select(t => t.Transaction.Body.Tip));
    }

    [Fact]
    public void Select_limits_areKept()
    {
        PooledTransaction one = Make(_alice, 0, tip: 7);
        _pool.Add(one, 0);
        _pool.Add(Make(_bob, 0), 0);

        Assert.Equal(one.Id, Assert.Single(_pool.Select(one.Bytes.Length + 1, ulong.MaxValue, 0)).Id);
        Assert.Equal(one.Id, Assert.Single(_pool.Select(100_000, one.Work, 0)).Id);
        Assert.Empty(_pool.Select(10, ulong.MaxValue, 0));
    }

    [Fact]
    public void Recheck_beyondAllOfALane_leavesItEmpty()
    {
        _pool.Add(Make(_alice, sequence: 0), 0);

        Advance(_alice, nextSequence: 1);

        Assert.Equal(0, _pool.Size.Count);
        Assert.False(_pool.HasReady);
    }

    [Fact]
    public void Recheck_laneMoved_dropsWhatIsBehind()
    {
        for (ulong i = 0; i < 3; i++) _pool.Add(Make(_alice, i), 0);

        Advance(_alice, nextSequence: 2);

        Assert.Equal([2UL], SelectAll().Select(t => t.Sequence));
    }

    [Fact]
    public void Recheck_accountThatBecamePoor_keepsOnlyWhatItCanPay()
    {
        PooledTransaction cheap = Make(_alice, 0, tip: 5);
        _pool.Add(cheap, 0);
        _pool.Add(Make(_alice, 1, tip: 5_000), 0);
        _pool.Add(Make(_bob, 0, tip: 5_000), 0);

        _pool.Recheck(_alice.PublicKey.Address, Account.Empty with { Balance = cheap.Work + 5 }, baseFee: 1);

        Assert.Equal(2, _pool.Size.Count);
        Assert.True(_pool.Contains(cheap.Id));
        Assert.Equal((2, 1), (_pool.Counters.Rechecked, _pool.Counters.Evicted));
        _pool.Recheck(_alice.PublicKey.Address, Account.Empty, baseFee: 1_000_000);
        Assert.True(_pool.Contains(cheap.Id), "what offers less than the base fee waits for a lower one");
        _pool.Recheck(_alice.PublicKey.Address, Account.Empty, baseFee: 1);
        Assert.False(_pool.HasOf(_alice.PublicKey.Address));
        Assert.True(_pool.HasOf(_bob.PublicKey.Address));
    }

    [Fact]
    public void Counters_ofEverythingThatLeavesOrIsTaken_move()
    {
        for (ulong i = 0; i < 8; i++) _pool.Add(Make(_alice, i, tip: 10), 0);
        Assert.Equal(8, SelectAll().Count);
        Assert.Equal(8, _pool.Counters.Reaped);
        Assert.Equal(ResultCode.Ok, _pool.Add(Make(_bob, 0, tip: 9_000, validUntil: 100), 0));
        Assert.Equal(1, _pool.Counters.Evicted);
        _pool.DropExpired(now: 101);
        Assert.Equal(2, _pool.Counters.Evicted);
        Assert.Equal(7, _pool.Size.Count);
    }

    [Fact]
    public void DropExpired_validUntilPassed_isGone()
    {
        _pool.Add(Make(_alice, 0, validUntil: 100), 0);
        _pool.Add(Make(_bob, 0), 0);

        _pool.DropExpired(now: 100);
        Assert.Equal(2, _pool.Size.Count);
        _pool.DropExpired(now: 101);
        Assert.Equal(1, _pool.Size.Count);
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    private void Advance(PrivateKey sender, ulong nextSequence) =>
        _pool.Recheck(sender.PublicKey.Address, Account.Empty.WithNextSequence(0, nextSequence), baseFee: 0);

    private List<PooledTransaction> SelectAll() => _pool.Select(100_000, ulong.MaxValue, 0);

    private PooledTransaction Make(PrivateKey key, ulong sequence, ulong tip = 0, ulong validUntil = Later, string memo = "")
    {
        TransactionBody body = new(
            "test-1", key.PublicKey.Address, 0, sequence, 1_000_000, tip, validUntil, [new Transfer(_bob.PublicKey.Address, 1, default)], memo);
        return new PooledTransaction(SignedTransaction.Sign(body, key), _arrival++);
    }
}
