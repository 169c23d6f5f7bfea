using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>A party of a lease rates the other, or replies to its review.</summary>
/// <param name="Stars">All zero in a reply.</param>
public sealed record WriteReview(ulong LeaseId, ReviewAction Action, Stars Stars, Hash256 TextHash) : Message
{
    public const int FieldCount = 3 + Stars.FieldCount;

    public override MessageKind Kind => MessageKind.Review;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(LeaseId).UInt((ulong)Action);
        Stars.Write(ref writer);
        writer.Bin(TextHash);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        ulong lease = reader.UInt();
        ReviewAction action = (ReviewAction)reader.UInt8();
        if (!Enum.IsDefined(action)) reader.Fail(DecodeCode.OutOfRange);
        return new WriteReview(lease, action, Stars.Read(ref reader), reader.Hash256());
    }
}
