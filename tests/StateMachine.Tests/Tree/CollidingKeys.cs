using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Tests.Tree;

/// <summary>Keys whose hashes begin alike, so that small trees grow deep. Found by search, always the same.</summary>
internal static class CollidingKeys
{
    private const int Searched = 1 << 17;

    /// <summary>The pairs of the searched keys with the longest common beginnings, longest first: about 8 nibbles.</summary>
    public static byte[][] Find(int pairs)
    {
        List<(Hash256 Place, byte[] Key)> all = [];
        for (int i = 0; i < Searched; i++)
        {
            byte[] key = BitConverter.GetBytes(i);
            all.Add((Sha256.Hash(key), key));
        }
        all.Sort((x, y) => x.Place.CompareTo(y.Place));
        List<(int Common, int Index)> neighbours = [];
        for (int i = 1; i < all.Count; i++) neighbours.Add((CommonBits(all[i - 1].Place, all[i].Place), i));
        neighbours.Sort((x, y) => y.Common != x.Common ? y.Common.CompareTo(x.Common) : x.Index.CompareTo(y.Index));
        List<byte[]> found = [];
        foreach ((_, int index) in neighbours[..pairs]) found.AddRange([all[index - 1].Key, all[index].Key]);
        return [.. found];
    }

    public static int CommonBits(in Hash256 x, in Hash256 y)
    {
        for (int bit = 0; bit < Hash256.Size * 8; bit++)
        {
            int mask = 0x80 >> (bit % 8);
            if ((x[bit / 8] & mask) != (y[bit / 8] & mask)) return bit;
        }
        return Hash256.Size * 8;
    }
}
