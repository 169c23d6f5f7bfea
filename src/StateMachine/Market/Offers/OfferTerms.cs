using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Offers;

/// <summary>What a provider sells at a posted price. Nothing is reserved; whoever comes while it is free may take it, again and again.</summary>
/// <param name="Resources">Units of one lease, with the cards named; an order that takes the offer asks for exactly these.</param>
/// <param name="RatePerSecond">ncredit for all of these units; with a curve price the least that the provider takes.</param>
/// <param name="MinTermSeconds">The least minimum term that the tenant must accept; 0 for none.</param>
/// <param name="NoticeSeconds">The notice that the provider commits itself to.</param>
/// <param name="Deposit">ncredit that each lease takes from the provider's balance; they answer for the provider's start.</param>
public sealed record OfferTerms(
    ResourceVector Resources,
    ulong RatePerSecond,
    ulong MinTermSeconds,
    ulong NoticeSeconds,
    ulong Deposit)
{
    /// <summary>The share of the market's curve price that is asked for, basis points; 0 for the fixed rate.</summary>
    public ulong CurveBps { get; init; }

    /// <summary>The availability that a lease promises.</summary>
    public SlaClass Sla { get; init; } = SlaClass.Standard;

    /// <summary>Tenants who may take it, ascending; empty for all.</summary>
    public IReadOnlyList<Address> Allowed { get; init; } = [];

    /// <summary>Tenants who may not, ascending.</summary>
    public IReadOnlyList<Address> Denied { get; init; } = [];

    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 9;

    /// <summary>Stands where a message needs no terms.</summary>
    public static readonly OfferTerms None = new(ResourceVector.None, 0, 0, 0, 0);

    /// <summary>True for <see cref="None"/>, which nobody can post.</summary>
    public bool IsNone => Resources.IsEmpty && (RatePerSecond | MinTermSeconds | NoticeSeconds | Deposit | CurveBps) == 0
        && Allowed.Count + Denied.Count == 0 && Sla == SlaClass.Standard;

    public void Write(ref MessagePackWriter writer)
    {
        Resources.Write(ref writer);
        writer.UInt(RatePerSecond).UInt(MinTermSeconds).UInt(NoticeSeconds).UInt(Deposit).UInt(CurveBps).UInt((ulong)Sla);
        AddressList.Write(ref writer, Allowed);
        AddressList.Write(ref writer, Denied);
    }

    public static OfferTerms Read(ref MessagePackReader reader)
    {
        OfferTerms terms = new(
            ResourceVector.Read(ref reader), reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt())
        {
            CurveBps = reader.UInt(MarketLimits.CurveBpsMax),
            Sla = (SlaClass)reader.UInt8(),
            Allowed = AddressList.Read(ref reader),
            Denied = AddressList.Read(ref reader),
        };
        if (!Enum.IsDefined(terms.Sla)) reader.Fail(DecodeCode.OutOfRange);
        return terms;
    }
}
