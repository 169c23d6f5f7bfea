using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Blocks;

/// <summary>A block of CometBFT v0.38: header, raw transactions, evidence, and the commit of the block before.</summary>
public sealed record Block(
    Header Header,
    IReadOnlyList<byte[]> Transactions,
    IReadOnlyList<DuplicateVoteEvidence> Evidence,
    Commit LastCommit)
{
    private const int CodecVersion = 1;

    /// <summary>data_hash: Merkle root whose leaves are the transaction ids.</summary>
    public static Hash256 DataHash(IReadOnlyList<byte[]> transactions)
    {
        List<byte[]> leaves = new(transactions.Count);
        foreach (byte[] transaction in transactions) leaves.Add(Sha256.Hash(transaction).ToArray());
        return MerkleTree.Root(leaves);
    }

    /// <summary>evidence_hash: Merkle root over the unwrapped evidence.</summary>
    public static Hash256 EvidenceHash(IReadOnlyList<DuplicateVoteEvidence> evidence)
    {
        List<byte[]> leaves = new(evidence.Count);
        foreach (DuplicateVoteEvidence item in evidence) leaves.Add(item.ToProto());
        return MerkleTree.Root(leaves);
    }

    /// <summary>The block's name: header hash and part set. Hashes the whole block; keep the answer.</summary>
    public BlockId Id() => new(Header.Hash(), PartSet.HeaderOf(ToProto()));

    /// <summary>The protobuf block, which is what gets cut into parts.</summary>
    public byte[] ToProto()
    {
        ProtoWriter data = new();
        foreach (byte[] transaction in Transactions) data.Message(1, transaction);
        ProtoWriter evidence = new();
        foreach (DuplicateVoteEvidence item in Evidence)
        {
            evidence.Message(1, new ProtoWriter().Message(1, item.ToProto()).Written);
        }
        return new ProtoWriter()
            .Message(1, Header.ToProto())
            .Message(2, data.Written)
            .Message(3, evidence.Written)
            .Message(4, LastCommit.ToProto())
            .ToArray();
    }

    /// <summary>The stored form: canonical MessagePack, version first.</summary>
    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(5).UInt(CodecVersion);
        Header.Write(ref writer);
        writer.Array(Transactions.Count);
        foreach (byte[] transaction in Transactions) writer.Bin(transaction);
        writer.Array(Evidence.Count);
        foreach (DuplicateVoteEvidence item in Evidence) item.Write(ref writer);
        LastCommit.Write(ref writer);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Block block, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Header header = Header.Read(ref reader);
        int count = reader.ArrayHeader(Limits.BlockBytesMax);
        List<byte[]> transactions = [];
        for (int i = 0; i < count && reader.IsOk; i++) transactions.Add(reader.Bin(Limits.TransactionBytesMax).ToArray());
        reader.EndArray();
        count = reader.ArrayHeader(Limits.EvidencePerBlockMax);
        List<DuplicateVoteEvidence> evidence = [];
        for (int i = 0; i < count && reader.IsOk; i++) evidence.Add(DuplicateVoteEvidence.Read(ref reader));
        reader.EndArray();
        Commit lastCommit = Commit.Read(ref reader);
        reader.EndArray();
        block = new Block(header, transactions, evidence, lastCommit);
        return reader.TryFinish(out error);
    }
}
