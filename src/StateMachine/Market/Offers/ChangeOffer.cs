using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Offers;

/// <summary>A provider posts a price, or withdraws one.</summary>
/// <param name="OfferId">Withdrawing: the offer's number. Posting: 0, the chain gives the number.</param>
/// <param name="Terms">Posting only.</param>
/// <param name="ValidSeconds">Posting only: how long the offer stands.</param>
public sealed record ChangeOffer(OfferAction Action, ulong OfferId, OfferTerms Terms, ulong ValidSeconds) : Message
{
    public const int FieldCount = 3 + OfferTerms.FieldCount;

    public override MessageKind Kind => MessageKind.Offer;

    public static ChangeOffer Post(OfferTerms terms, ulong validSeconds) => new(OfferAction.Post, 0, terms, validSeconds);

    public static ChangeOffer Withdraw(ulong offer) => new(OfferAction.Withdraw, offer, OfferTerms.None, 0);

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt((ulong)Action).UInt(OfferId);
        Terms.Write(ref writer);
        writer.UInt(ValidSeconds);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        OfferAction action = (OfferAction)reader.UInt8();
        ChangeOffer change = new(action, reader.UInt(), OfferTerms.Read(ref reader), reader.UInt());
        bool isWell = action switch
        {
            OfferAction.Post => change.OfferId == 0 && !change.Terms.IsNone,
            OfferAction.Withdraw => change.Terms.IsNone && change.ValidSeconds == 0,
            _ => false,
        };
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return change;
    }
}
