using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Primitives.Merkle;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Store;

/// <summary>
/// The RFC 6962 tree over the pairs store name → store root, sorted by name, as the Cosmos SDK's multistore makes it. A leaf is
/// the name and the hash of the root, each behind its length as a varint.
/// </summary>
internal static class AppHashTree
{
    public static Hash256 Root(ReadOnlySpan<TreeChild> roots) => MerkleTree.Root(Leaves(roots));

    /// <summary>The ICS-23 proof of one store's root.</summary>
    public static ExistenceProof Prove(ReadOnlySpan<TreeChild> roots, int index)
    {
        MerkleProof proof = MerkleTree.Prove(Leaves(roots), index);
        List<InnerOp> steps = [];
        int aunt = proof.Aunts.Length;
        // From the root down, as the aunts' order is the reverse: a range splits at the largest power of two below its size.
        for (int start = 0, size = roots.Length; size > 1;)
        {
            int split = 1;
            while (split < size - split) split *= 2;
            bool goesLeft = index < start + split;
            Hash256 sibling = proof.Aunts[--aunt];
            steps.Add(goesLeft ? new InnerOp(HashOp.Sha256, [1], sibling.ToArray()) : new InnerOp(HashOp.Sha256, [1, .. sibling.Span], []));
            if (!goesLeft) start += split;
            size = goesLeft ? split : size - split;
        }
        steps.Reverse();
        byte[] storeRoot = roots[index].RootHash(TreeHashing.Ics23Smt).ToArray();
        return new ExistenceProof(StoreNames.BytesOf(StoreNames.All[index]), storeRoot, ProofSpec.Tendermint.Leaf, [.. steps]);
    }

    private static List<byte[]> Leaves(ReadOnlySpan<TreeChild> roots)
    {
        List<byte[]> leaves = new(roots.Length);
        for (int i = 0; i < roots.Length; i++)
        {
            byte[] name = StoreNames.BytesOf(StoreNames.All[i]);
            Hash256 rootHash = Sha256.Hash(roots[i].RootHash(TreeHashing.Ics23Smt).Span);
            leaves.Add(new ProtoWriter().RawVarint((ulong)name.Length).Raw(name).RawVarint(Hash256.Size).Raw(rootHash.Span).ToArray());
        }
        return leaves;
    }
}
