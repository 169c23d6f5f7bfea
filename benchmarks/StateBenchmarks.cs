using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;

namespace Chain.Benchmarks;

/// <summary>The authenticated state with 100,000 keys, in the memory store.</summary>
public class StateBenchmarks : IDisposable
{
    private const int KeyCount = 100_000;
    private const int ChangeCount = 1_000;
    private const int ValueBytes = 64;

    private static readonly Height Before = new(0);

    private readonly MemoryStore _store = new();
    private readonly List<KeyValuePair<StateKey, byte[]?>> _changes = [];
    private readonly byte[] _present = KeyOf(KeyCount / 2);
    private readonly byte[] _absent = KeyOf(KeyCount);
    private StateStore _state = null!;
    private List<byte[]> _chunks = [];
    private SnapshotManifest _manifest = null!;

    [GlobalSetup]
    public void Setup()
    {
        _state = new StateStore(_store);
        StateOverlay first = new(_state);
        for (int i = 0; i < KeyCount; i++) first.Put(StoreId.Market, KeyOf(i), ValueOf(i));
        WriteBatch batch = new();
        _state.Prepare(Before, first.Changes, batch);
        _store.Write(batch, sync: true);
        StateOverlay second = new(_state);
        for (int i = 0; i < ChangeCount; i++) second.Put(StoreId.Market, KeyOf(i * (KeyCount / ChangeCount)), ValueOf(-i - 1));
        _changes.AddRange(second.Changes);
        _chunks = Make();
        long bytes = 0;
        foreach (byte[] chunk in _chunks) bytes += chunk.Length;
        Console.WriteLine($"// snapshot: {_chunks.Count} chunks, {bytes} bytes");
    }

    /// <summary>All that a block's state costs before the disk: old values, tree, stale nodes, batch. On one core.</summary>
    [Benchmark]
    public Hash256 Update1000KeysOf100000() => _state.Prepare(Before.Next, _changes, new WriteBatch());

    [Benchmark]
    public StateProof ProveExistence() => Prove(_present);

    [Benchmark]
    public StateProof ProveAbsence() => Prove(_absent);

    /// <summary>What making a snapshot costs the replica in all, over its many ticks.</summary>
    [Benchmark]
    public int MakeSnapshot() => Make().Count;

    /// <summary>What a new node does with the chunks: decode, verify, and write each with its part of the trees.</summary>
    [Benchmark]
    public int VerifyAndRestoreSnapshot()
    {
        using MemoryStore empty = new();
        SnapshotRestore restore = new(_manifest, empty);
        for (int i = 0; i < _chunks.Count; i++) restore.Add(i, _chunks[i]);
        WriteBatch batch = new();
        restore.Finish(batch);
        empty.Write(batch, sync: false);
        return restore.Count;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    private List<byte[]> Make()
    {
        SnapshotMaker maker = SnapshotMaker.Begin(_store, Before)!;
        List<byte[]> chunks = [];
        while (!maker.IsDone)
        {
            if (maker.Step(int.MaxValue) is { } chunk) chunks.Add(chunk.Encode());
        }
        _manifest = maker.Manifest();
        return chunks;
    }

    private StateProof Prove(byte[] key)
    {
        Invariant.Holds(_state.TryProve(StoreId.Market, key, Before, out StateProof? proof), "the height is kept");
        return proof;
    }

    private static byte[] KeyOf(int number) => Schema.Key(Schema.Account, Address.From(Samples.HashOf(number).Span[..Address.Size]));

    private static byte[] ValueOf(int number) => [.. Samples.HashOf(number).Span, .. Samples.HashOf(~number).Span[..(ValueBytes - Hash256.Size)]];
}
