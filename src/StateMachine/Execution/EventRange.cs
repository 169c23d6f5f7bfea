using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>
/// The Merkle mountain range over all blocks with events. Its peaks are one state key, so an old event is proven against the
/// newest app hash: event → its transaction's root → its block's root → a peak → state. A peak of 2^k leaves is the RFC 6962
/// root over them.
/// </summary>
/// <param name="Count">Leaves so far.</param>
/// <param name="Peaks">Roots of the perfect trees, the largest first: one for each bit set in the count.</param>
public sealed record EventRange(ulong Count, IReadOnlyList<Hash256> Peaks)
{
    private const int CodecVersion = 1;

    public static readonly EventRange Empty = new(0, []);

    public static EventRange Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.EventRange));
        if (bytes is null) return Empty;
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        ulong version = reader.UInt();
        ulong count = reader.UInt();
        Hash256[] peaks = new Hash256[reader.ArrayHeader(64)];
        for (int i = 0; i < peaks.Length; i++) peaks[i] = reader.Hash256();
        reader.EndArray();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "the stored event range is canonical");
        return new EventRange(count, peaks);
    }

    public void Store(StateOverlay state)
    {
        MessagePackWriter writer = new();
        writer.Array(3).UInt(CodecVersion).UInt(Count).Array(Peaks.Count);
        foreach (Hash256 peak in Peaks) writer.Bin(peak);
        state.Put(StoreId.Meta, Schema.Key(Schema.EventRange), writer.ToArray());
    }

    /// <summary>The leaf of a block: height (8 bytes, big-endian) ‖ the block's root.</summary>
    public static byte[] Leaf(Height height, in Hash256 blockRoot)
    {
        byte[] leaf = new byte[8 + Hash256.Size];
        BinaryPrimitives.WriteInt64BigEndian(leaf, height.Value);
        blockRoot.Span.CopyTo(leaf.AsSpan(8));
        return leaf;
    }

    public EventRange Append(ReadOnlySpan<byte> leaf)
    {
        Hash256 node = MerkleTree.LeafHash(leaf);
        int peaks = Peaks.Count;
        for (ulong carry = Count; (carry & 1) != 0; carry >>= 1) node = MerkleTree.InnerHash(Peaks[--peaks], node);
        List<Hash256> appended = new(peaks + 1);
        for (int i = 0; i < peaks; i++) appended.Add(Peaks[i]);
        appended.Add(node);
        return new EventRange(Count + 1, appended);
    }
}
