namespace Chain.StateMachine.Proofs;

/// <summary>ICS-23 leaf step: <c>hash(prefix ‖ length(prehash(key)) ‖ length(prehash(value)))</c>.</summary>
public sealed class LeafOp(HashOp hash, HashOp prehashKey, HashOp prehashValue, LengthOp length, byte[] prefix)
{
    public HashOp Hash { get; } = hash;

    public HashOp PrehashKey { get; } = prehashKey;

    public HashOp PrehashValue { get; } = prehashValue;

    public LengthOp Length { get; } = length;

    public byte[] Prefix { get; } = prefix;
}
