using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Version 2: an accredited issuer asks the beacon for a nonce that nobody could know before, to measure a subject with.</summary>
public sealed record AskChallenge(AttestationSchema Schema, Address Subject) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 2;

    public override MessageKind Kind => MessageKind.Attest;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt((ulong)Schema).Bin(Subject);

    public static Message Read(ref MessagePackReader reader) =>
        new AskChallenge((AttestationSchema)reader.UInt8(), reader.Address());
}
