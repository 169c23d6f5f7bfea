namespace Chain.StateMachine.Proofs;

/// <summary>What a verifier found. Anything but <see cref="Valid"/> proves nothing.</summary>
public enum ProofVerdict
{
    Valid = 0,

    /// <summary>The bytes are no commitment proof, or exceed a limit.</summary>
    Malformed,

    /// <summary>The operations are not the two expected ones for this store and key.</summary>
    WrongOperations,

    /// <summary>A proof of existence where one of absence is needed, or the reverse.</summary>
    WrongKind,

    /// <summary>The proof is about another key.</summary>
    KeyMismatch,

    /// <summary>The proof is about another value.</summary>
    ValueMismatch,

    /// <summary>The hashes do not lead to the trusted root.</summary>
    RootMismatch,

    /// <summary>A key, value or child is empty where hashing needs one.</summary>
    EmptyInput,

    /// <summary>A hash or length operation that this verifier does not know.</summary>
    UnsupportedOperation,

    /// <summary>The leaf operation is not the specification's.</summary>
    LeafNotAllowed,

    /// <summary>An inner operation breaks the specification.</summary>
    InnerNotAllowed,

    /// <summary>Fewer steps than the specification allows.</summary>
    TooShallow,

    /// <summary>More steps than the specification allows.</summary>
    TooDeep,

    /// <summary>A proof of absence that names no neighbour.</summary>
    NoNeighbours,

    /// <summary>The key does not lie between the neighbours.</summary>
    NotBetween,

    /// <summary>Something may stand between the neighbours, or between one and the edge of the tree.</summary>
    NotAdjacent,
}
