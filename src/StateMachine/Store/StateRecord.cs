using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Store;

/// <summary>What is kept of the state of one height: the app hash, and the root of each store in the order of their names.</summary>
internal sealed class StateRecord(Hash256 appHash, TreeChild[] roots)
{
    private const byte Format = 1;

    public Hash256 AppHash { get; } = appHash;

    public TreeChild[] Roots { get; } = roots;

    /// <summary>Format (1) ‖ app hash ‖ roots.</summary>
    public byte[] Encode()
    {
        int size = 1 + Hash256.Size;
        foreach (TreeChild root in Roots) size += TreeCodec.RootSize(root);
        byte[] bytes = new byte[size];
        bytes[0] = Format;
        AppHash.Span.CopyTo(bytes.AsSpan(1));
        Span<byte> rest = bytes.AsSpan(1 + Hash256.Size);
        foreach (TreeChild root in Roots) TreeCodec.WriteRoot(root, ref rest);
        return bytes;
    }

    public static StateRecord Decode(ReadOnlySpan<byte> bytes)
    {
        Invariant.Holds(bytes.Length > 1 + Hash256.Size && bytes[0] == Format, "a stored state record has a known format");
        Hash256 appHash = Hash256.From(bytes.Slice(1, Hash256.Size));
        ReadOnlySpan<byte> rest = bytes[(1 + Hash256.Size)..];
        TreeChild[] roots = new TreeChild[StoreNames.All.Count];
        for (int i = 0; i < roots.Length; i++) roots[i] = TreeCodec.ReadRoot(ref rest);
        Invariant.Holds(rest.IsEmpty, "a stored state record has no trailing bytes");
        return new StateRecord(appHash, roots);
    }
}
