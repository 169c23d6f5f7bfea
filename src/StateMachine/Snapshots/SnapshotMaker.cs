using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Snapshots;

/// <summary>
/// Cuts the state of a kept height into chunks, some pairs at a time. Blocks may be written between two steps; the height must
/// stay kept until the last one.
/// </summary>
public sealed class SnapshotMaker
{
    private readonly StateStore _state;
    private readonly StateRecord _record;
    private readonly int _chunkBytes;
    private readonly List<Hash256>[] _cuts = new List<Hash256>[StoreNames.All.Count];
    private readonly List<KeyValuePair<byte[], byte[]>> _pairs = [];
    private int _store = -1;
    private TreePath? _next;
    private Hash256 _first;
    private int _bytes;

    private SnapshotMaker(StateStore state, StateRecord record, Height height, int chunkBytes)
    {
        _state = state;
        _record = record;
        _chunkBytes = chunkBytes;
        Height = height;
        for (int i = 0; i < _cuts.Length; i++) _cuts[i] = [];
        OpenStore();
    }

    public Height Height { get; }

    /// <summary>Null when the height is not kept.</summary>
    /// <param name="chunkBytes">Others than the limit's are for tests: nodes that cut alike can serve one snapshot together.</param>
    public static SnapshotMaker? Begin(IKeyValueReader reader, Height height, int chunkBytes = SnapshotLimits.ChunkBytes)
    {
        StateStore state = new(reader);
        return state.KeptRecord(height) is { } record ? new SnapshotMaker(state, record, height, chunkBytes) : null;
    }

    public bool IsDone => _next is null;

    /// <summary>Chunks that are cut.</summary>
    public int ChunkCount { get; private set; }

    /// <summary>Takes in at most so many pairs; answers the next chunk once it is whole, else null.</summary>
    public SnapshotChunk? Step(int pairsMax)
    {
        for (int i = 0; i < pairsMax && _next is { } at; i++)
        {
            StoreId store = StoreNames.All[_store];
            byte[] key = at.End.Key!;
            byte[] value = _state.ValueAt(store, key, Height)!;
            _pairs.Add(new(key, value));
            _bytes += key.Length + value.Length;
            _next = at.Neighbour(toLeft: false);
            if (_next is not null && _bytes < _chunkBytes) continue;
            Hash256? cut = _next is null ? null : HashRange.CutBetween(Sha256.Hash(key), Sha256.Hash(_next.End.Key!));
            return Close(store, cut);
        }
        return null;
    }

    /// <summary>Once done.</summary>
    public SnapshotManifest Manifest()
    {
        Invariant.Holds(IsDone, "the snapshot is made");
        Hash256[] roots = new Hash256[_cuts.Length];
        for (int i = 0; i < roots.Length; i++) roots[i] = _record.Roots[i].RootHash(TreeHashing.Ics23Smt);
        return new SnapshotManifest(Height, roots, _cuts);
    }

    private SnapshotChunk Close(StoreId store, Hash256? cut)
    {
        List<Hash256> siblings = RangeProof.Make(_state.Tree(store), _record.Roots[_store], new HashRange(_first, cut));
        SnapshotChunk chunk = new([.. _pairs], siblings);
        ChunkCount++;
        _pairs.Clear();
        _bytes = 0;
        if (cut is { } first)
        {
            _cuts[_store].Add(first);
            _first = first;
        }
        else
        {
            OpenStore();
        }
        return chunk;
    }

    /// <summary>Goes to the first leaf of the next store; no store is ever empty.</summary>
    private void OpenStore()
    {
        if (++_store == StoreNames.All.Count) return;
        _first = default;
        TreePath path = _state.Tree(StoreNames.All[_store]).Find(_record.Roots[_store], default);
        _next = path.End.Kind == TreeChildKind.Leaf ? path : path.Neighbour(toLeft: false);
        Invariant.Holds(_next is not null, "every store has its permanent key");
    }
}
