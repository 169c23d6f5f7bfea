using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Bids;

/// <summary>A provider offers to serve one replica of an order.</summary>
/// <param name="RatePerSecond">ncredit, at most what the order allows.</param>
/// <param name="Deposit">ncredit that answer for the provider's start.</param>
/// <param name="NoticeSeconds">At least what the order asks for.</param>
public sealed record PlaceBid(ulong OrderId, ulong RatePerSecond, ulong Deposit, ulong NoticeSeconds) : Message
{
    public const int FieldCount = 5;

    public BidPromise Promise { get; init; } = BidPromise.Plain;

    public override MessageKind Kind => MessageKind.Bid;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(OrderId).UInt(RatePerSecond).UInt(Deposit).UInt(NoticeSeconds);
        Promise.Write(ref writer);
    }

    public static Message Read(ref MessagePackReader reader) =>
        new PlaceBid(reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt()) { Promise = BidPromise.Read(ref reader) };
}
