using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Blocks;

/// <summary>The precommits that decided a block, one entry for each validator in set order.</summary>
public sealed record Commit(Height Height, Round Round, BlockId BlockId, IReadOnlyList<CommitSig> Signatures)
{
    /// <summary>What stands before the first block: no height, no block, no signatures.</summary>
    public static readonly Commit Empty = new(new Height(0), Round.Zero, BlockId.Nil, []);

    /// <summary>last_commit_hash: Merkle root over the entries; height, round and block are not covered.</summary>
    public Hash256 Hash()
    {
        List<byte[]> leaves = new(Signatures.Count);
        foreach (CommitSig sig in Signatures) leaves.Add(sig.ToProto());
        return MerkleTree.Root(leaves);
    }

    /// <summary>The bytes that the validator at <paramref name="index"/> signed; the entry must not be absent.</summary>
    public byte[] SignBytesOf(int index, string chainId)
    {
        CommitSig sig = Signatures[index];
        Invariant.Holds(!sig.IsAbsent, "an absent validator signed nothing");
        BlockId voted = sig.Flag == BlockIdFlag.Commit ? BlockId : BlockId.Nil;
        return SignBytes.Vote(chainId, VoteType.Precommit, Height, Round, voted, sig.Timestamp);
    }

    public byte[] ToProto()
    {
        ProtoWriter writer = new();
        writer.Varint(1, Height.Value).Varint(2, Round.Value).Message(3, BlockId.ToProto());
        foreach (CommitSig sig in Signatures) writer.Message(4, sig.ToProto());
        return writer.ToArray();
    }

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        writer.Array(4).Int(Height.Value).UInt((ulong)Round.Value);
        BlockId.Write(ref writer);
        writer.Array(Signatures.Count);
        foreach (CommitSig sig in Signatures) sig.Write(ref writer);
        return ref writer;
    }

    public static Commit Read(ref MessagePackReader reader)
    {
        reader.Array(4);
        Height height = new(reader.Int(min: 0));
        Round round = new((int)reader.UInt32(int.MaxValue));
        BlockId blockId = BlockId.Read(ref reader);
        int count = reader.ArrayHeader(Limits.ValidatorsMax);
        CommitSig[] signatures = new CommitSig[count];
        for (int i = 0; i < count && reader.IsOk; i++) signatures[i] = CommitSig.Read(ref reader);
        reader.EndArray();
        reader.EndArray();
        return new Commit(height, round, blockId, signatures);
    }
}
