using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Snapshots;

/// <summary>Checks a chunk by itself against the roots of a manifest, whose app hash the caller knows to be right.</summary>
public static class ChunkVerifier
{
    /// <summary>Valid: the chunk holds exactly the pairs of the state in its range. Never throws on what a peer sent.</summary>
    /// <param name="index">Below the manifest's number of chunks.</param>
    public static ChunkVerdict Verify(SnapshotManifest manifest, int index, SnapshotChunk chunk)
    {
        (StoreId store, HashRange range) = manifest[index];
        (Hash256 Key, Hash256 Leaf)[] leaves = new (Hash256, Hash256)[chunk.Pairs.Count];
        for (int i = 0; i < leaves.Length; i++)
        {
            Hash256 key = Sha256.Hash(chunk.Pairs[i].Key);
            if (i > 0 && key <= leaves[i - 1].Key) return ChunkVerdict.WrongOrder;
            if (!range.Contains(key)) return ChunkVerdict.OutOfRange;
            leaves[i] = (key, TreeHashing.Ics23Smt.Leaf(key, Sha256.Hash(chunk.Pairs[i].Value)));
        }
        bool isWhole = RangeProof.TryRoot(range, leaves, chunk.Siblings, out Hash256 root);
        return isWhole && root == manifest.RootOf(store) ? ChunkVerdict.Valid : ChunkVerdict.WrongRoot;
    }
}
