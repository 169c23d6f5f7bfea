using System;
using System.Buffers.Binary;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Store;

/// <summary>Database keys of the state. Heights are big-endian, so that their rows lie in order.</summary>
internal static class StateLayout
{
    private const int HeightBytes = sizeof(long);

    /// <summary>In <see cref="Column.Local"/>: how far pruning has come (<see cref="PruningProgress"/>).</summary>
    public static ReadOnlySpan<byte> PruningKey => "state.pruned"u8;

    /// <summary><see cref="Column.State"/>: store ‖ raw key.</summary>
    public static byte[] FlatKey(StoreId store, ReadOnlySpan<byte> key) => [(byte)store, .. key];

    /// <summary><see cref="Column.History"/>: store ‖ key hash ‖ height that replaced the value.</summary>
    public static byte[] HistoryKey(StoreId store, in Hash256 keyHash, Height replaced) =>
        [(byte)store, .. keyHash.Span, .. HeightKey(replaced)];

    /// <summary>
    /// <see cref="Column.Nodes"/>: height ‖ 0. Store 0 does not exist, so the record stands before the nodes of its height.
    /// </summary>
    public static byte[] RecordKey(Height height) => [.. HeightKey(height), 0];

    /// <summary>
    /// <see cref="Column.Stale"/>: version ‖ column ‖ key in that column. That row serves only heights before the version.
    /// </summary>
    public static byte[] StaleKey(long version, Column column, ReadOnlySpan<byte> key) =>
        [.. HeightKey(new Height(version)), (byte)column, .. key];

    public static byte[] HeightKey(Height height)
    {
        byte[] key = new byte[HeightBytes];
        BinaryPrimitives.WriteInt64BigEndian(key, height.Value);
        return key;
    }

    public static Height HeightAt(ReadOnlySpan<byte> key) => new(BinaryPrimitives.ReadInt64BigEndian(key));

    /// <summary>Takes a stale row's key apart.</summary>
    public static (Column Column, byte[] Key) StaleTarget(ReadOnlySpan<byte> staleKey) =>
        ((Column)staleKey[HeightBytes], staleKey[(HeightBytes + 1)..].ToArray());
}
