using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>Version 2 of the bid: a provider commits to a rate that it keeps to itself until bidding is over.</summary>
/// <param name="Commit">As <see cref="AuctionMath.Commit"/> makes it.</param>
/// <param name="Deposit">ncredit that answer for the provider's start; lost when it does not reveal.</param>
/// <param name="NoticeSeconds">At least what the order asks for.</param>
public sealed record SealBid(ulong OrderId, Hash256 Commit, ulong Deposit, ulong NoticeSeconds) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 5;

    public BidPromise Promise { get; init; } = BidPromise.Plain;

    public override MessageKind Kind => MessageKind.Bid;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(OrderId).Bin(Commit).UInt(Deposit).UInt(NoticeSeconds);
        Promise.Write(ref writer);
    }

    public static Message Read(ref MessagePackReader reader) =>
        new SealBid(reader.UInt(), reader.Hash256(), reader.UInt(), reader.UInt()) { Promise = BidPromise.Read(ref reader) };
}
