namespace Chain.StateMachine.Proofs;

/// <summary>ICS-23 proof that a key holds a value.</summary>
/// <param name="key">Raw key.</param>
/// <param name="value">Raw value.</param>
/// <param name="leaf">How key and value are hashed; null only in what others send.</param>
/// <param name="path">Steps from the leaf to the root.</param>
public sealed class ExistenceProof(byte[] key, byte[] value, LeafOp? leaf, InnerOp[] path)
{
    public byte[] Key { get; } = key;

    public byte[] Value { get; } = value;

    public LeafOp? Leaf { get; } = leaf;

    public InnerOp[] Path { get; } = path;
}
