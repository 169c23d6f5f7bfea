using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>The sender asks for justice.</summary>
/// <param name="Reference">Number of the lease or of the reviewed lease in the last 8 bytes, or the attestation's uid.</param>
/// <param name="Claim">ncredit; at most what there is to get. 0 for a review.</param>
/// <param name="EvidenceHash">SHA-256 of the evidence, which stays off the chain.</param>
/// <param name="Bond">ncredit; pays the jury when the sender loses.</param>
public sealed record OpenDispute(CaseTarget Target, Hash256 Reference, ulong Claim, Hash256 EvidenceHash, ulong Bond) : Message
{
    public const int FieldCount = 5;

    public override MessageKind Kind => MessageKind.Dispute;

    /// <summary>About a lease or the review of one.</summary>
    public static OpenDispute About(CaseTarget target, ulong lease, ulong claim, Hash256 evidence, ulong bond) =>
        new(target, CaseSubject.OfNumber(lease), claim, evidence, bond);

    public override void WriteFields(ref MessagePackWriter writer) =>
        writer.UInt((ulong)Target).Bin(Reference).UInt(Claim).Bin(EvidenceHash).UInt(Bond);

    public static Message Read(ref MessagePackReader reader)
    {
        CaseTarget target = (CaseTarget)reader.UInt8((byte)CaseTarget.Conflict);
        if (target == 0) reader.Fail(DecodeCode.OutOfRange);
        return new OpenDispute(target, reader.Hash256(), reader.UInt(), reader.Hash256(), reader.UInt());
    }
}
