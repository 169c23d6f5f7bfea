using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Offers;

/// <summary>What a provider sells at a posted price. Nothing is reserved; whoever comes while it is free may take it, again and again.</summary>
/// <param name="Units">Units of one lease; an order that takes the offer asks for exactly as many.</param>
/// <param name="RatePerSecond">ncredit for all of these units.</param>
/// <param name="MinTermSeconds">The least minimum term that the tenant must accept; 0 for none.</param>
/// <param name="NoticeSeconds">The notice that the provider commits itself to.</param>
/// <param name="Deposit">ncredit that each lease takes from the provider's balance; they answer for the provider's start.</param>
public sealed record OfferTerms(
    ResourceClass Resource,
    ulong Units,
    ulong RatePerSecond,
    ulong MinTermSeconds,
    ulong NoticeSeconds,
    ulong Deposit)
{
    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 6;

    /// <summary>Stands where a message needs no terms.</summary>
    public static readonly OfferTerms None = new(default, 0, 0, 0, 0, 0);

    public void Write(MessagePackWriter writer) => writer.UInt((ulong)Resource).UInt(Units).UInt(RatePerSecond)
        .UInt(MinTermSeconds).UInt(NoticeSeconds).UInt(Deposit);

    public static OfferTerms Read(ref MessagePackReader reader) => new(
        (ResourceClass)reader.UInt8(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt());
}
