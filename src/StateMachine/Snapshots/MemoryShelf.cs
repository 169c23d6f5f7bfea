using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Snapshots;

/// <summary>A shelf for tests and benchmarks.</summary>
public sealed class MemoryShelf : IChunkShelf
{
    private readonly SortedDictionary<int, byte[]> _chunks = [];

    public bool Has(int index) => _chunks.ContainsKey(index);

    public void Put(int index, ReadOnlySpan<byte> encoded) => _chunks[index] = encoded.ToArray();

    public byte[] Load(int index) => _chunks[index];
}
