using System;
using System.Collections.Generic;
using System.Text;
using Chain.Node.Rpc;
using Chain.Node.Storage.Blocks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Rpc;

/// <summary>
/// A chain of real blocks in a memory store: true hashes, true signatures, true state trees. The last validator never signs, so
/// that commits have an absent entry.
/// </summary>
internal sealed class TestChain : IDisposable
{
    public const string ChainId = "rpc-1";

    /// <summary>A transaction that begins with this byte fails.</summary>
    public const byte Failing = 0xff;

    private readonly List<PrivateKey> _keys = [];
    private ValidatorSet _validators;
    private Commit _lastCommit = Commit.Empty;
    private BlockId _lastId = BlockId.Nil;
    private Hash256 _appHash;
    private Hash256 _lastResultsHash = Sha256.OfNothing;
    private Timestamp _time = new(1_800_000_000, 123_456_000);

    public TestChain(int validatorCount)
    {
        List<ValidatorUpdate> members = [];
        for (int i = 0; i < validatorCount; i++)
        {
            _keys.Add(PrivateKey.FromSeed(Sha256.Hash(Encoding.UTF8.GetBytes($"validator {i}")).Span));
            members.Add(new ValidatorUpdate(_keys[i].PublicKey, 100 - i));
        }
        Invariant.Holds(ValidatorSet.TryCreate(members, out _validators, out string error), error);
        WriteBatch genesis = new();
        StateOverlay state = new(new StateStore(Store));
        Parameters.Store(state, Parameters.Devnet);
        MessagePackWriter writer = new();
        byte[] set = _validators.Write(ref writer.Array(2).UInt(1)).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.ValidatorsNext), set);
        _appHash = new StateStore(Store).Prepare(new Height(0), state.Changes, genesis);
        Store.Write(genesis, sync: true);
    }

    public LockedStore Store { get; } = new();

    public BlockFeed Feed { get; } = new();

    public PublicKey FirstKey => _keys[0].PublicKey;

    public StoredBlock? Last { get; private set; }

    /// <summary>Decides, executes, stores and announces a block. Every transaction emits one event; nearly all succeed.</summary>
    public StoredBlock Add(IReadOnlyList<byte[]> transactions, Action<StateOverlay>? change = null)
    {
        Height height = Last?.Height.Next ?? new Height(1);
        ValidatorSet next = _validators.Increment(1);
        Block block = new(MakeHeader(height, transactions, next), transactions, [], _lastCommit);
        BlockId id = block.Id();
        Commit commit = Sign(height, id);
        WriteBatch batch = new();
        StateOverlay state = new(new StateStore(Store));
        change?.Invoke(state);
        Hash256 appHash = new StateStore(Store).Prepare(height, state.Changes, batch);
        StoredBlock stored = new(block, id, commit, Results(transactions, appHash), _validators, next);
        new BlockStore(Store).Put(batch, stored);
        Store.Write(batch, sync: true);
        List<DeterministicResult> deterministic = [];
        foreach (TransactionResult result in stored.Results.Transactions) deterministic.Add(result.ToDeterministic());
        _lastResultsHash = DeterministicResult.HashOf(deterministic);
        (_validators, _lastCommit, _lastId, _appHash, _time) = (next, commit, id, appHash, _time.AddMs(1500));
        Last = stored;
        Feed.Publish(stored);
        return stored;
    }

    public void Dispose()
    {
        foreach (PrivateKey key in _keys) key.Dispose();
        Store.Dispose();
    }

    private Header MakeHeader(Height height, IReadOnlyList<byte[]> transactions, ValidatorSet next) => new()
    {
        VersionApp = 1,
        ChainId = ChainId,
        Height = height,
        Time = _time,
        LastBlockId = _lastId,
        LastCommitHash = _lastCommit.Hash(),
        DataHash = Block.DataHash(transactions),
        ValidatorsHash = _validators.Hash(),
        NextValidatorsHash = next.Hash(),
        ConsensusHash = new ConsensusParams(4_194_304, 20_000_000).Hash(),
        AppHash = _appHash,
        LastResultsHash = _lastResultsHash,
        EvidenceHash = Block.EvidenceHash([]),
        ProposerAddress = _validators.Proposer.Address,
    };

    private Commit Sign(Height height, BlockId id)
    {
        CommitSig[] signatures = new CommitSig[_validators.Count];
        for (int i = 0; i < signatures.Length; i++)
        {
            bool isAbsent = signatures.Length > 1 && i == signatures.Length - 1;
            signatures[i] = isAbsent ? CommitSig.Absent : new CommitSig(BlockIdFlag.Commit, _validators.Validators[i].Address, _time, default);
        }
        Commit unsigned = new(height, Round.Zero, id, signatures);
        CommitSig[] signed = [.. signatures];
        for (int i = 0; i < signed.Length; i++)
        {
            if (signed[i].IsAbsent) continue;
            PrivateKey key = _keys.Find(held => held.PublicKey == _validators.Validators[i].PublicKey)!;
            signed[i] = signed[i] with { Signature = key.Sign(unsigned.SignBytesOf(i, ChainId)) };
        }
        return unsigned with { Signatures = signed };
    }

    private static BlockResults Results(IReadOnlyList<byte[]> transactions, Hash256 appHash)
    {
        List<TransactionResult> results = [];
        foreach (byte[] transaction in transactions)
        {
            Event happened = new("transfer", [new EventAttribute("recipient", "somebody"), new EventAttribute("amount", (ulong)transaction.Length)]);
            uint code = transaction[0] == Failing ? (uint)ResultCode.BadSequence : 0;
            results.Add(new TransactionResult(code, Sha256.Hash(transaction).ToArray(), 1000, 900, [happened]));
        }
        return new BlockResults(results, [], [], null, appHash);
    }
}
