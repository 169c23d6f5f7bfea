using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Trust.Audits;

/// <summary>The sender pays an issuer for an attestation about it, whatever that will say.</summary>
/// <param name="Fee">ncredit; held until the attestation expires.</param>
public sealed record AskAudit(Address Issuer, AttestationSchema Schema, ulong Fee) : Message
{
    public const byte KindVersion = 3;
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Attest;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.Bin(Issuer).UInt((ulong)Schema).UInt(Fee);

    public static Message Read(ref MessagePackReader reader) =>
        new AskAudit(reader.Address(), (AttestationSchema)reader.UInt8(), reader.UInt());
}
