using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Blocks;

/// <summary>The part of an <c>ExecTxResult</c> that last_results_hash covers.</summary>
public readonly record struct DeterministicResult(uint Code, ReadOnlyMemory<byte> Data, long GasWanted, long GasUsed)
{
    public byte[] ToProto() => new ProtoWriter()
        .Varint(1, Code)
        .Bytes(2, Data.Span)
        .Varint(5, GasWanted)
        .Varint(6, GasUsed)
        .ToArray();

    /// <summary>last_results_hash of the next header.</summary>
    public static Hash256 HashOf(IReadOnlyList<DeterministicResult> results)
    {
        List<byte[]> leaves = new(results.Count);
        foreach (DeterministicResult result in results) leaves.Add(result.ToProto());
        return MerkleTree.Root(leaves);
    }
}
