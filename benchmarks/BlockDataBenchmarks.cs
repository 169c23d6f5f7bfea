using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Merkle;

namespace Chain.Benchmarks;

/// <summary>The hashes that a header and a block's transactions cost.</summary>
public class BlockDataBenchmarks
{
    private const int LeafCount = 1_000;

    private readonly List<byte[]> _leaves = [];
    private readonly Header _header = Samples.Header;

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < LeafCount; i++) _leaves.Add(Samples.HashOf(i).ToArray());
    }

    [Benchmark]
    public Hash256 HeaderHash() => _header.Hash();

    /// <summary>1,000 leaves of 32 bytes: the data hash of a block of 1,000 transactions, their ids known.</summary>
    [Benchmark]
    public Hash256 MerkleRootOf1000() => MerkleTree.Root(_leaves);
}
