using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.Node.Peers.Messages;

/// <summary>A block with its transactions by name only: most of them are in every mempool already.</summary>
public sealed record BlockOutline(
    Header Header, IReadOnlyList<Hash256> TransactionIds, IReadOnlyList<DuplicateVoteEvidence> Evidence, Commit LastCommit)
{
    public static BlockOutline Of(Block block, IReadOnlyList<Hash256> transactionIds) =>
        new(block.Header, transactionIds, block.Evidence, block.LastCommit);

    /// <summary>True when the outline is what the header's hashes cover, and the header what the block's name covers.</summary>
    public bool Fits(in BlockId id) =>
        Header.Hash() == id.Hash
        && Header.DataHash == RootOf(TransactionIds)
        && Header.EvidenceHash == Block.EvidenceHash(Evidence)
        && Header.LastCommitHash == LastCommit.Hash();

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(4);
        Header.Write(ref writer);
        writer.Array(TransactionIds.Count);
        foreach (Hash256 id in TransactionIds) writer.Bin(id);
        writer.Array(Evidence.Count);
        foreach (DuplicateVoteEvidence item in Evidence) item.Write(ref writer);
        LastCommit.Write(ref writer);
    }

    public static BlockOutline Read(ref MessagePackReader reader)
    {
        reader.Array(4);
        Header header = Header.Read(ref reader);
        int count = reader.ArrayHeader(PeerLimits.OutlineTransactionsMax);
        List<Hash256> ids = [];
        for (int i = 0; i < count && reader.IsOk; i++) ids.Add(reader.Hash256());
        reader.EndArray();
        count = reader.ArrayHeader(Limits.EvidencePerBlockMax);
        List<DuplicateVoteEvidence> evidence = [];
        for (int i = 0; i < count && reader.IsOk; i++) evidence.Add(DuplicateVoteEvidence.Read(ref reader));
        reader.EndArray();
        Commit lastCommit = Commit.Read(ref reader);
        reader.EndArray();
        return new BlockOutline(header, ids, evidence, lastCommit);
    }

    private static Hash256 RootOf(IReadOnlyList<Hash256> ids)
    {
        List<byte[]> leaves = new(ids.Count);
        foreach (Hash256 id in ids) leaves.Add(id.ToArray());
        return MerkleTree.Root(leaves);
    }
}
