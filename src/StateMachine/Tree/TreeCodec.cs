using System;
using System.Buffers.Binary;
using Chain.Primitives;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Tree;

/// <summary>
/// Stored form of nodes and roots. A node: format (1), bitmap of leaves (u16, big-endian), bitmap of internal children (u16),
/// then the children in order. A leaf: key length (u16), raw key, hash. An internal child: version (i64), hash. A root: kind,
/// then the child. Unreadable bytes are damage of the store and stop the node.
/// </summary>
internal static class TreeCodec
{
    private const byte Format = 1;
    private const int HeaderBytes = 5;

    public static byte[] EncodeNode(TreeNode node)
    {
        int size = HeaderBytes;
        for (int slot = 0; slot < TreeNode.Slots; slot++) size += SizeOf(node[slot]);
        byte[] bytes = new byte[size];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)node.Leaves);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(3), (ushort)node.Internals);
        Span<byte> rest = bytes.AsSpan(HeaderBytes);
        for (int slot = 0; slot < TreeNode.Slots; slot++) Write(node[slot], ref rest);
        return bytes;
    }

    public static TreeNode DecodeNode(ReadOnlySpan<byte> bytes)
    {
        Invariant.Holds(bytes.Length >= HeaderBytes && bytes[0] == Format, "a stored tree node has a known format");
        int leaves = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        int internals = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        Invariant.Holds((leaves & internals) == 0, "a slot of a stored tree node has one child");
        ReadOnlySpan<byte> rest = bytes[HeaderBytes..];
        TreeNode node = new();
        for (int slot = 0; slot < TreeNode.Slots; slot++)
        {
            if ((leaves & (1 << slot)) != 0) node[slot] = Read(TreeChildKind.Leaf, ref rest);
            else if ((internals & (1 << slot)) != 0) node[slot] = Read(TreeChildKind.Internal, ref rest);
        }
        Invariant.Holds(rest.IsEmpty, "a stored tree node has no trailing bytes");
        return node;
    }

    /// <summary>Bytes of a root's stored form.</summary>
    public static int RootSize(in TreeChild root) => 1 + SizeOf(root);

    public static void WriteRoot(in TreeChild root, ref Span<byte> rest)
    {
        rest[0] = (byte)root.Kind;
        rest = rest[1..];
        Write(root, ref rest);
    }

    public static TreeChild ReadRoot(ref ReadOnlySpan<byte> rest)
    {
        Invariant.Holds(rest.Length >= 1 && rest[0] <= (byte)TreeChildKind.Internal, "a stored root has a known kind");
        TreeChildKind kind = (TreeChildKind)rest[0];
        rest = rest[1..];
        return Read(kind, ref rest);
    }

    private static int SizeOf(in TreeChild child) => child.Kind switch
    {
        TreeChildKind.Leaf => sizeof(ushort) + child.Key!.Length + Hash256.Size,
        TreeChildKind.Internal => sizeof(long) + Hash256.Size,
        _ => 0,
    };

    private static void Write(in TreeChild child, ref Span<byte> rest)
    {
        if (child.Kind == TreeChildKind.Empty) return;
        if (child.Key is { } key)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)key.Length);
            key.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + key.Length)..];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, child.Version);
            rest = rest[sizeof(long)..];
        }
        child.Hash.Span.CopyTo(rest);
        rest = rest[Hash256.Size..];
    }

    private static TreeChild Read(TreeChildKind kind, ref ReadOnlySpan<byte> rest)
    {
        if (kind == TreeChildKind.Empty) return default;
        if (kind == TreeChildKind.Leaf)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, sizeof(ushort)));
            byte[] key = Take(ref rest, length).ToArray();
            return TreeChild.Leaf(key, Hash256.From(Take(ref rest, Hash256.Size)));
        }
        long version = BinaryPrimitives.ReadInt64BigEndian(Take(ref rest, sizeof(long)));
        return TreeChild.Internal(version, Hash256.From(Take(ref rest, Hash256.Size)));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        Invariant.Holds(length <= rest.Length, "a stored tree node is whole");
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
