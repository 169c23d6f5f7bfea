using System;
using System.Collections.Generic;
using Chain.Node.Storage.Blocks;
using Chain.Node.Tests.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Storage.Blocks;

public sealed class BlockStoreTests
{
    [Fact]
    public void Empty_store_has_no_heights()
    {
        BlockStore store = new(new MemoryStore());
        Assert.Equal(new Height(0), store.First);
        Assert.Equal(new Height(0), store.Last);
        Assert.Null(store.LoadBlock(new Height(1)));
        Assert.Null(store.LoadCommit(new Height(1), out _));
        Assert.Null(store.FindTransaction(default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Put_block_comes_back_whole(int validatorCount)
    {
        using TestChain chain = new(validatorCount);
        List<StoredBlock> put = [];
        for (int i = 0; i < 5; i++) put.Add(chain.Add(i % 2 == 0 ? [[1, (byte)i], [2, (byte)i]] : []));
        BlockStore store = new(chain.Store);
        Assert.Equal(new Height(1), store.First);
        Assert.Equal(new Height(5), store.Last);
        foreach (StoredBlock expected in put)
        {
            StoredBlock loaded = store.Load(expected.Height)!;
            Assert.Equal(expected.Id, loaded.Id);
            Assert.Equal(expected.Block.Encode(), loaded.Block.Encode());
            Assert.Equal(expected.Results.Encode(), loaded.Results.Encode());
            Assert.Equal(Encode(expected.SeenCommit), Encode(loaded.SeenCommit));
            Assert.Equal(Encode(expected.Validators), Encode(loaded.Validators));
            Assert.Equal(Encode(expected.NextValidators), Encode(loaded.NextValidators));
            Assert.Equal(expected.Height, store.FindBlock(expected.Id.Hash));
            BlockMeta meta = store.LoadMeta(expected.Height)!;
            Assert.Equal(expected.Block.ToProto().Length, meta.SizeBytes);
            Assert.Equal(expected.Block.Transactions.Count, meta.TransactionCount);
        }
        Assert.Null(store.Load(new Height(6)));
        Assert.NotNull(store.LoadValidators(new Height(6)));
    }

    [Fact]
    public void Commit_is_canonical_once_the_next_block_carries_it()
    {
        using TestChain chain = new(4);
        chain.Add([]);
        BlockStore store = new(chain.Store);
        Assert.NotNull(store.LoadCommit(new Height(1), out bool canonical));
        Assert.False(canonical);
        chain.Add([]);
        Assert.Equal(new Height(1), store.LoadCommit(new Height(1), out canonical)!.Height);
        Assert.True(canonical);
    }

    [Fact]
    public void Unchanged_validator_set_costs_a_few_bytes()
    {
        using TestChain chain = new(1);
        for (int i = 0; i < 20; i++) chain.Add([]);
        byte[] key = [0, 0, 0, 0, 0, 0, 0, 20, (byte)'v'];
        Assert.True(chain.Store.Get(Column.Blocks, key)!.Length < 8);
        Assert.Equal(1, new BlockStore(chain.Store).LoadValidators(new Height(20))!.Count);
    }

    [Fact]
    public void Transaction_index_points_to_the_block_and_place()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        chain.Add([[9], [8], [7]]);
        BlockStore store = new(chain.Store);
        Assert.Equal((new Height(2), 2), store.FindTransaction(Sha256.Hash([7])));
        Assert.Null(store.FindTransaction(Sha256.Hash([6])));
    }

    [Fact]
    public void Later_failure_of_the_same_transaction_does_not_hide_its_success()
    {
        using TestChain chain = new(1);
        StoredBlock success = chain.Add([[5]]);
        StoredBlock copy = chain.Add([[5]]);
        Assert.Equal((new Height(2), 0), new BlockStore(chain.Store).FindTransaction(Sha256.Hash([5])));

        MemoryStore store = new();
        BlockStore blocks = new(store);
        WriteBatch batch = new();
        blocks.Put(batch, success);
        store.Write(batch, sync: true);
        TransactionResult failed = copy.Results.Transactions[0] with { Code = (uint)ResultCode.BadSequence };
        batch = new WriteBatch();
        blocks.Put(batch, copy with { Results = copy.Results with { Transactions = [failed] } });
        store.Write(batch, sync: true);
        Assert.Equal((new Height(1), 0), blocks.FindTransaction(Sha256.Hash([5])));
    }

    [Fact]
    public void Results_with_every_field_come_back()
    {
        Event happened = new("order_opened", [new EventAttribute("id", 7UL), new EventAttribute("note", "ä")]);
        PublicKey key = PublicKey.From(new byte[32]);
        BlockResults results = new(
            [new TransactionResult(0, new byte[32], 5, 4, [happened, happened]), new TransactionResult(101, default, 0, 0, [])],
            [happened],
            [new ValidatorUpdate(key, 0), new ValidatorUpdate(key, 10)],
            new ConsensusParams(1024, -1),
            Sha256.Hash([1]));
        byte[] bytes = results.Encode();
        Assert.True(BlockResults.TryDecode(bytes, out BlockResults loaded, out DecodeError error), error.ToString());
        Assert.Equal(bytes, loaded.Encode());
        Assert.Equal("ä", loaded.Transactions[0].Events[1].Attributes[1].Value);
        Assert.Equal(-1, loaded.ParamsUpdate!.Value.BlockGasMax);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(BlockResults.TryDecode(bytes.AsSpan(0, length), out _, out _));
        }
    }

    private static byte[] Encode(Commit commit)
    {
        MessagePackWriter writer = new();
        return commit.Write(ref writer).ToArray();
    }

    private static byte[] Encode(ValidatorSet set)
    {
        MessagePackWriter writer = new();
        return set.Write(ref writer).ToArray();
    }
}
