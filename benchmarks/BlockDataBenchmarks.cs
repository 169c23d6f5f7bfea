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

    private readonly Header _header = new()
    {
        VersionApp = 1,
        ChainId = Samples.ChainId,
        Height = new Height(1_000_000),
        Time = Samples.Time,
        LastBlockId = new BlockId(Samples.HashOf(1), new PartSetHeader(1, Samples.HashOf(2))),
        LastCommitHash = Samples.HashOf(3),
        DataHash = Samples.HashOf(4),
        ValidatorsHash = Samples.HashOf(5),
        NextValidatorsHash = Samples.HashOf(6),
        ConsensusHash = Samples.HashOf(7),
        AppHash = Samples.HashOf(8),
        LastResultsHash = Samples.HashOf(9),
        EvidenceHash = Samples.HashOf(10),
        ProposerAddress = Samples.AddressOf(1),
    };

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
