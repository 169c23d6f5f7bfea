using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Bids;

/// <summary>A provider takes its live bid on an order back.</summary>
public sealed record WithdrawBid(ulong OrderId) : Message
{
    public const int FieldCount = 1;

    public override MessageKind Kind => MessageKind.BidClose;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(OrderId);

    public static Message Read(ref MessagePackReader reader) => new WithdrawBid(reader.UInt());
}
