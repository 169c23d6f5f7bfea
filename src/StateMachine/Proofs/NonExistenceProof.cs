namespace Chain.StateMachine.Proofs;

/// <summary>ICS-23 proof that a key is absent: its neighbours in the tree's order exist and nothing stands between them.</summary>
/// <param name="key">Raw key that is absent.</param>
/// <param name="left">The neighbour before it; null where there is none.</param>
/// <param name="right">The neighbour after it; null where there is none.</param>
public sealed class NonExistenceProof(byte[] key, ExistenceProof? left, ExistenceProof? right)
{
    public byte[] Key { get; } = key;

    public ExistenceProof? Left { get; } = left;

    public ExistenceProof? Right { get; } = right;
}
