using System;

namespace Chain.StateMachine.Proofs;

/// <summary>
/// Checks ICS-23 proofs against a specification and a trusted root, by the rules of the Go library (cosmos/ics23, with its
/// placeholder rule for sparse trees). Total on any decoded proof. The IAVL extras of that library are left out: no tree here
/// has IAVL's shape.
/// </summary>
public static class ProofVerifier
{
    /// <summary>The root holds this value under this key.</summary>
    public static ProofVerdict VerifyMembership(
        ProofSpec spec, ReadOnlySpan<byte> root, CommitmentProof proof, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (proof.Exist is not { } exist) return ProofVerdict.WrongKind;
        return VerifyExistence(spec, root, exist, key, value);
    }

    /// <summary>The root holds nothing under this key.</summary>
    public static ProofVerdict VerifyNonMembership(
        ProofSpec spec, ReadOnlySpan<byte> root, CommitmentProof proof, ReadOnlySpan<byte> key)
    {
        if (proof.NonExist is not { } absence) return ProofVerdict.WrongKind;
        // As in the Go library, the key that the proof names is not looked at: provers write the key or its hash there.
        if (absence.Left is null && absence.Right is null) return ProofVerdict.NoNeighbours;
        foreach (ExistenceProof? side in (ReadOnlySpan<ExistenceProof?>)[absence.Left, absence.Right])
        {
            if (side is null) continue;
            ProofVerdict verdict = VerifyExistence(spec, root, side, side.Key, side.Value);
            if (verdict != ProofVerdict.Valid) return verdict;
        }
        if (!IsBetween(spec, absence.Left, key, absence.Right)) return ProofVerdict.NotBetween;
        bool adjacent = (absence.Left, absence.Right) switch
        {
            (null, { } right) => Adjacency.IsLeftMost(spec.Inner, right.Path),
            ({ } left, null) => Adjacency.IsRightMost(spec.Inner, left.Path),
            ({ } left, { } right) => Adjacency.AreNeighbours(spec.Inner, left.Path, right.Path),
            _ => false,
        };
        return adjacent ? ProofVerdict.Valid : ProofVerdict.NotAdjacent;
    }

    /// <summary>The root that a proof leads to, before any trust in it.</summary>
    internal static ProofVerdict ComputeRoot(ExistenceProof proof, out byte[] root)
    {
        root = [];
        if (proof.Leaf is null) return ProofVerdict.LeafNotAllowed;
        ProofVerdict verdict = HashOps.Leaf(proof.Leaf, proof.Key, proof.Value, out byte[] hash);
        for (int i = 0; verdict == ProofVerdict.Valid && i < proof.Path.Length; i++)
        {
            verdict = HashOps.Inner(proof.Path[i], hash, out hash);
        }
        if (verdict == ProofVerdict.Valid) root = hash;
        return verdict;
    }

    /// <summary>The steps have the shape that the specification demands.</summary>
    internal static ProofVerdict CheckShape(ProofSpec spec, ExistenceProof proof)
    {
        if (proof.Leaf is null || !LeafFits(spec.Leaf, proof.Leaf)) return ProofVerdict.LeafNotAllowed;
        int maxDepth = spec.MaxDepth == 0 ? ProofSpec.DefaultMaxDepth : spec.MaxDepth;
        if (proof.Path.Length < spec.MinDepth) return ProofVerdict.TooShallow;
        if (proof.Path.Length > maxDepth) return ProofVerdict.TooDeep;
        foreach (InnerOp inner in proof.Path)
        {
            if (!InnerFits(spec, inner)) return ProofVerdict.InnerNotAllowed;
        }
        return ProofVerdict.Valid;
    }

    internal static bool LeafFits(LeafOp spec, LeafOp leaf) =>
        leaf.Hash == spec.Hash
        && leaf.PrehashKey == spec.PrehashKey
        && leaf.PrehashValue == spec.PrehashValue
        && leaf.Length == spec.Length
        && leaf.Prefix.AsSpan().StartsWith(spec.Prefix);

    private static bool InnerFits(ProofSpec spec, InnerOp inner)
    {
        InnerSpec shape = spec.Inner;
        int leftChildrenBytes = (shape.ChildOrder.Length - 1) * shape.ChildSize;
        // An inner prefix that begins as a leaf's does would let one preimage pass as both.
        return inner.Hash == shape.Hash
            && !inner.Prefix.AsSpan().StartsWith(spec.Leaf.Prefix)
            && inner.Prefix.Length >= shape.MinPrefixLength
            && inner.Prefix.Length <= shape.MaxPrefixLength + leftChildrenBytes
            && inner.Suffix.Length % shape.ChildSize == 0;
    }

    private static ProofVerdict VerifyExistence(
        ProofSpec spec, ReadOnlySpan<byte> root, ExistenceProof proof, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ProofVerdict verdict = CheckShape(spec, proof);
        if (verdict != ProofVerdict.Valid) return verdict;
        if (!key.SequenceEqual(proof.Key)) return ProofVerdict.KeyMismatch;
        if (!value.SequenceEqual(proof.Value)) return ProofVerdict.ValueMismatch;
        verdict = ComputeRoot(proof, out byte[] computed);
        if (verdict != ProofVerdict.Valid) return verdict;
        return root.SequenceEqual(computed) ? ProofVerdict.Valid : ProofVerdict.RootMismatch;
    }

    private static bool IsBetween(ProofSpec spec, ExistenceProof? left, ReadOnlySpan<byte> key, ExistenceProof? right)
    {
        byte[] place = PlaceOf(spec, key);
        return (left is null || PlaceOf(spec, left.Key).AsSpan().SequenceCompareTo(place) < 0)
            && (right is null || place.AsSpan().SequenceCompareTo(PlaceOf(spec, right.Key)) < 0);
    }

    /// <summary>What orders the tree's leaves: the key, or its hash.</summary>
    private static byte[] PlaceOf(ProofSpec spec, ReadOnlySpan<byte> key)
    {
        bool isHashed = spec.PrehashKeyBeforeComparison;
        return isHashed && HashOps.TryHash(spec.Leaf.PrehashKey, key, default, default, out byte[] hash) ? hash : key.ToArray();
    }
}
