using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>The sender, an accredited issuer, states something.</summary>
/// <param name="Bond">ncredit that stand behind it until it expires or is revoked.</param>
public sealed record Attest(AttestationClaim Claim, ulong Bond) : Message
{
    public const int FieldCount = AttestationClaim.FieldCount + 1;

    public override MessageKind Kind => MessageKind.Attest;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        Claim.Write(ref writer);
        writer.UInt(Bond);
    }

    public static Message Read(ref MessagePackReader reader) => new Attest(AttestationClaim.Read(ref reader), reader.UInt());
}
