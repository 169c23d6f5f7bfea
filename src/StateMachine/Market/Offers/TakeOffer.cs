using Chain.Primitives.Codec;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Offers;

/// <summary>Version 2 of the order: it names a posted price and becomes a lease at once.</summary>
/// <param name="Terms">As of an order in an auction, for one replica; the price paid is the offer's.</param>
public sealed record TakeOffer(ulong OfferId, OrderTerms Terms) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 1 + OrderTerms.FieldCount;

    public override MessageKind Kind => MessageKind.Order;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(OfferId);
        Terms.Write(ref writer);
    }

    public static Message Read(ref MessagePackReader reader) => new TakeOffer(reader.UInt(), OrderTerms.Read(ref reader));
}
