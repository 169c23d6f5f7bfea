using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Proofs;

/// <summary>The shape that a verifier demands of a proof (ICS-23 <c>ProofSpec</c>).</summary>
/// <param name="leaf">The leaf step; a proof's prefix may extend this one's.</param>
/// <param name="inner">The inner steps.</param>
/// <param name="maxDepth">Most inner steps; 0 means <see cref="DefaultMaxDepth"/>.</param>
/// <param name="minDepth">Fewest inner steps; 0 means no bound.</param>
/// <param name="prehashKeyBeforeComparison">Whether the tree is ordered by the hash of the key.</param>
public sealed class ProofSpec(
    LeafOp leaf, InnerSpec inner, int maxDepth = 0, int minDepth = 0, bool prehashKeyBeforeComparison = false)
{
    /// <summary>Inner steps where a specification gives no bound, as in the Go library.</summary>
    public const int DefaultMaxDepth = 128;

    /// <summary>The trees of our stores: the Go library's <c>SmtSpec</c>.</summary>
    public static readonly ProofSpec Smt = new(
        new LeafOp(HashOp.Sha256, HashOp.Sha256, HashOp.Sha256, LengthOp.NoPrefix, [0]),
        new InnerSpec([0, 1], Hash256.Size, 1, 1, new byte[Hash256.Size], HashOp.Sha256),
        maxDepth: Hash256.Size * 8,
        prehashKeyBeforeComparison: true);

    /// <summary>The tree over the stores' roots: the Go library's <c>TendermintSpec</c>, RFC 6962 over pairs sorted by name.</summary>
    public static readonly ProofSpec Tendermint = new(
        new LeafOp(HashOp.Sha256, HashOp.NoHash, HashOp.Sha256, LengthOp.VarProto, [0]),
        new InnerSpec([0, 1], Hash256.Size, 1, 1, [], HashOp.Sha256));

    public LeafOp Leaf { get; } = leaf;

    public InnerSpec Inner { get; } = inner;

    public int MaxDepth { get; } = maxDepth;

    public int MinDepth { get; } = minDepth;

    public bool PrehashKeyBeforeComparison { get; } = prehashKeyBeforeComparison;
}
