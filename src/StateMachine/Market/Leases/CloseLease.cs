using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>One side ends a lease.</summary>
/// <param name="Reason">One of those that a side may give.</param>
public sealed record CloseLease(ulong LeaseId, CloseReason Reason, CloseMode Mode) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.LeaseClose;

    public override void WriteFields(ref MessagePackWriter writer) =>
        writer.UInt(LeaseId).UInt((ulong)Reason).UInt((ulong)Mode);

    public static Message Read(ref MessagePackReader reader)
    {
        ulong lease = reader.UInt();
        CloseReason reason = (CloseReason)reader.UInt8((byte)CloseReason.Unspecified);
        CloseMode mode = (CloseMode)reader.UInt8();
        if (reason == CloseReason.None || !Enum.IsDefined(mode)) reader.Fail(DecodeCode.OutOfRange);
        return new CloseLease(lease, reason, mode);
    }
}
