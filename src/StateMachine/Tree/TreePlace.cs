using System.Buffers.Binary;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tree;

/// <summary>Nibbles of key hashes, high nibble first, and the database keys of nodes.</summary>
internal static class TreePlace
{
    /// <summary>Nibbles in a key hash.</summary>
    public const int Depth = Hash256.Size * 2;

    public static int Nibble(in Hash256 path, int index)
    {
        int pair = path[index / 2];
        return index % 2 == 0 ? pair >> 4 : pair & 0x0f;
    }

    public static Hash256 WithNibble(Hash256 path, int index, int nibble)
    {
        int pair = path[index / 2];
        path[index / 2] = (byte)(index % 2 == 0 ? (nibble << 4) | (pair & 0x0f) : (pair & 0xf0) | nibble);
        return path;
    }

    /// <summary>version (big-endian) ‖ store ‖ depth ‖ the path's first nibbles, two in a byte, the last one padded with zero.</summary>
    public static byte[] NodeKey(long version, StoreId store, in Hash256 path, int depth)
    {
        byte[] key = new byte[sizeof(long) + 2 + (depth + 1) / 2];
        BinaryPrimitives.WriteInt64BigEndian(key, version);
        key[8] = (byte)store;
        key[9] = (byte)depth;
        for (int i = 0; i < depth / 2; i++) key[10 + i] = path[i];
        if (depth % 2 == 1) key[^1] = (byte)(path[depth / 2] & 0xf0);
        return key;
    }
}
