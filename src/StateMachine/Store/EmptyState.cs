using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>The state before the genesis.</summary>
public sealed class EmptyState : IStateReader
{
    public static readonly EmptyState Instance = new();

    private EmptyState() { }

    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) => null;

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to) => [];
}
