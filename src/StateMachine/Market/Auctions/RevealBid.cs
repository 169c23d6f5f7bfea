using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>Says what a sealed bid had committed to.</summary>
/// <param name="RatePerSecond">ncredit, at most what the order allows.</param>
/// <param name="Salt">The 32 bytes that hid the rate.</param>
public sealed record RevealBid(ulong OrderId, ulong RatePerSecond, Hash256 Salt) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.BidReveal;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(OrderId).UInt(RatePerSecond).Bin(Salt);

    public static Message Read(ref MessagePackReader reader) =>
        new RevealBid(reader.UInt(), reader.UInt(), reader.Hash256());
}
