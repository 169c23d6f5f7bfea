using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>The sender takes back an attestation that it issued.</summary>
public sealed record Revoke(Hash256 Attestation, RevokeReason Reason) : Message
{
    public const int FieldCount = 2;

    public override MessageKind Kind => MessageKind.Revoke;

    public override void WriteFields(ref MessagePackWriter writer) => writer.Bin(Attestation).UInt((ulong)Reason);

    public static Message Read(ref MessagePackReader reader)
    {
        Hash256 attestation = reader.Hash256();
        RevokeReason reason = (RevokeReason)reader.UInt8();
        if (!AttestationNames.IsKnown(reason)) reader.Fail(DecodeCode.OutOfRange);
        return new Revoke(attestation, reason);
    }
}
