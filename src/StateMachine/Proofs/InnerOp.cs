namespace Chain.StateMachine.Proofs;

/// <summary>ICS-23 inner step: <c>hash(prefix ‖ child ‖ suffix)</c>.</summary>
public sealed class InnerOp(HashOp hash, byte[] prefix, byte[] suffix)
{
    public HashOp Hash { get; } = hash;

    public byte[] Prefix { get; } = prefix;

    public byte[] Suffix { get; } = suffix;
}
