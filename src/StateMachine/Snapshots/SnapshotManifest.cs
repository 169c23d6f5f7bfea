using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Snapshots;

/// <summary>
/// What a snapshot consists of: the root of each store after the block of a height, and where each store is cut into chunks.
/// A function of the state alone: every node makes the same one. Nothing is verified by reading it but its form; whoever knows
/// the height's app hash compares <see cref="AppHash"/>, and what is wrong with the cuts shows in the chunks.
/// </summary>
public sealed class SnapshotManifest
{
    private const int Format = 1;

    private readonly Hash256[] _roots;
    private readonly IReadOnlyList<Hash256>[] _cuts;

    /// <param name="roots">Of each store, in the order of their names.</param>
    /// <param name="cuts">For each store where its second chunk begins and every further one, ascending.</param>
    public SnapshotManifest(Height height, Hash256[] roots, IReadOnlyList<Hash256>[] cuts)
    {
        Height = height;
        _roots = roots;
        _cuts = cuts;
        foreach (IReadOnlyList<Hash256> ofStore in cuts) ChunkCount += ofStore.Count + 1;
        AppHash = AppHashTree.Root(Array.ConvertAll(roots, static root => TreeChild.Internal(0, root)));
    }

    /// <summary>The state is that after this block.</summary>
    public Height Height { get; }

    /// <summary>What the roots add up to. It must stand in the header after <see cref="Height"/>.</summary>
    public Hash256 AppHash { get; }

    /// <summary>At least one for each store.</summary>
    public int ChunkCount { get; }

    /// <summary>The store and the range of key hashes of a chunk, counted from 0.</summary>
    public (StoreId Store, HashRange Range) this[int chunk]
    {
        get
        {
            int store = 0;
            while (chunk > _cuts[store].Count) chunk -= _cuts[store++].Count + 1;
            IReadOnlyList<Hash256> cuts = _cuts[store];
            Hash256 first = chunk == 0 ? default : cuts[chunk - 1];
            return (StoreNames.All[store], new HashRange(first, chunk == cuts.Count ? null : cuts[chunk]));
        }
    }

    public Hash256 RootOf(StoreId store) => _roots[store - StoreId.Ibc];

    /// <summary>Canonical MessagePack: [format, height, [root of each store], [[cut…] of each store]].</summary>
    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(4).UInt(Format).Int(Height.Value).Array(_roots.Length);
        foreach (Hash256 root in _roots) writer.Bin(root);
        writer.Array(_cuts.Length);
        foreach (IReadOnlyList<Hash256> cuts in _cuts)
        {
            writer.Array(cuts.Count);
            foreach (Hash256 cut in cuts) writer.Bin(cut);
        }
        return writer.ToArray();
    }

    /// <summary>Total. At most <see cref="SnapshotLimits.ChunksMax"/> chunks.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SnapshotManifest manifest, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != Format) reader.Fail(DecodeCode.Unknown);
        Height height = new(reader.Int(min: 1, max: long.MaxValue - 2));
        Hash256[] roots = new Hash256[StoreNames.All.Count];
        reader.Array(roots.Length);
        for (int i = 0; i < roots.Length; i++) roots[i] = reader.Hash256();
        reader.EndArray();
        IReadOnlyList<Hash256>[] cuts = new IReadOnlyList<Hash256>[roots.Length];
        reader.Array(cuts.Length);
        int left = SnapshotLimits.ChunksMax - cuts.Length;
        for (int i = 0; i < cuts.Length; i++)
        {
            cuts[i] = ReadCuts(ref reader, left);
            left -= cuts[i].Count;
        }
        reader.EndArray();
        reader.EndArray();
        manifest = new SnapshotManifest(height, roots, cuts);
        return reader.TryFinish(out error);
    }

    private static List<Hash256> ReadCuts(ref MessagePackReader reader, int countMax)
    {
        int count = reader.ArrayHeader(countMax);
        List<Hash256> cuts = [];
        Hash256 last = default;
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            Hash256 cut = reader.Hash256();
            if (cut <= last) reader.Fail(DecodeCode.OutOfRange);
            cuts.Add(cut);
            last = cut;
        }
        reader.EndArray();
        return cuts;
    }
}
