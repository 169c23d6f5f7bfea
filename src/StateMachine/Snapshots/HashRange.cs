using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Snapshots;

/// <summary>The key hashes from one, that one included, to another, that one not; a null end is beyond the last hash.</summary>
public readonly record struct HashRange(Hash256 First, Hash256? End)
{
    /// <summary>Bits of a key hash, and so levels of a tree.</summary>
    internal const int Bits = Hash256.Size * 8;

    public bool Contains(in Hash256 keyHash) => keyHash >= First && (End is null || keyHash < End);

    /// <summary>True when no key hash below a place is in the range.</summary>
    /// <param name="place">A path from the root, with zeros behind its first <paramref name="depth"/> bits.</param>
    internal bool IsOutside(in Hash256 place, int depth) => LastBelow(place, depth) < First || (End is { } end && place >= end);

    /// <summary>True when every key hash below a place is in the range.</summary>
    internal bool IsInside(in Hash256 place, int depth) => place >= First && (End is null || LastBelow(place, depth) < End);

    /// <summary>The shortest place that parts two key hashes: the subtree above it holds both of them.</summary>
    internal static Hash256 CutBetween(in Hash256 below, in Hash256 above)
    {
        int bit = 0;
        while (BitOf(below, bit) == BitOf(above, bit)) bit++;
        Hash256 cut = default;
        for (int i = 0; i <= bit; i++)
        {
            if (BitOf(above, i) == 1) cut = WithBit(cut, i);
        }
        return cut;
    }

    internal static int BitOf(in Hash256 hash, int bit) => (hash[bit / 8] >> (7 - (bit % 8))) & 1;

    internal static Hash256 WithBit(Hash256 hash, int bit)
    {
        hash[bit / 8] |= (byte)(1 << (7 - (bit % 8)));
        return hash;
    }

    private static Hash256 LastBelow(Hash256 place, int depth)
    {
        for (int bit = depth; bit < Bits; bit++) place = WithBit(place, bit);
        return place;
    }
}
