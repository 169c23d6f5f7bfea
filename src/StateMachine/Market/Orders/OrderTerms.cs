using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market.Auctions;

namespace Chain.StateMachine.Market.Orders;

/// <summary>What a tenant asks for; it never changes after the order is opened.</summary>
/// <param name="SpecHash">Hash of the specification, which stays off the chain.</param>
/// <param name="ManifestHash">Hash of the encrypted manifest.</param>
/// <param name="Replicas">Leases that the order asks for, each with another provider.</param>
/// <param name="RateMax">ncredit per second and replica; no bid may ask for more.</param>
/// <param name="Deposit">ncredit for each replica that answer for the tenant's start.</param>
/// <param name="PrepaidSeconds">What a lease's bucket holds at its start, at the bid's rate.</param>
/// <param name="MinTermSeconds">A tenant that closes earlier pays the exit penalty; 0 for none.</param>
/// <param name="NoticeSeconds">The notice that a provider must give at least.</param>
/// <param name="OpenSeconds">How long the order takes bids.</param>
public sealed record OrderTerms(
    Hash256 SpecHash,
    Hash256 ManifestHash,
    OrderNeeds Needs,
    byte Replicas,
    ulong RateMax,
    ulong Deposit,
    ulong PrepaidSeconds,
    ulong MinTermSeconds,
    ulong NoticeSeconds,
    ulong OpenSeconds)
{
    /// <summary>How the order finds its providers.</summary>
    public AuctionMode Mode { get; init; } = AuctionMode.Open;

    /// <summary>Leases in one region at most; 0 for any number.</summary>
    public byte RegionMax { get; init; }

    /// <summary>
    /// In a sealed auction: the last seconds of bidding, of which the beacon says afterwards how many counted; 0 for all.
    /// </summary>
    public ulong CloseWindowSeconds { get; init; }

    /// <summary>How often the order renews itself, with these terms and without a word of the tenant; 0 for never (see <see cref="StandingOrders"/>).</summary>
    public byte Renewals { get; init; }

    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 13 + OrderNeeds.FieldCount;

    public void Write(ref MessagePackWriter writer)
    {
        writer.Bin(SpecHash).Bin(ManifestHash);
        Needs.Write(ref writer);
        writer.UInt(Replicas).UInt(RateMax).UInt(Deposit).UInt(PrepaidSeconds);
        writer.UInt(MinTermSeconds).UInt(NoticeSeconds).UInt(OpenSeconds);
        writer.UInt((ulong)Mode).UInt(RegionMax).UInt(CloseWindowSeconds).UInt(Renewals);
    }

    public static OrderTerms Read(ref MessagePackReader reader)
    {
        OrderTerms terms = ReadFields(ref reader) with
        {
            Mode = (AuctionMode)reader.UInt8(),
            RegionMax = reader.UInt8(),
            CloseWindowSeconds = reader.UInt(),
            Renewals = reader.UInt8(MarketLimits.RenewalsMax),
        };
        if (!Enum.IsDefined(terms.Mode)) reader.Fail(DecodeCode.OutOfRange);
        return terms;
    }

    private static OrderTerms ReadFields(ref MessagePackReader reader) => new(
        reader.Hash256(),
        reader.Hash256(),
        OrderNeeds.Read(ref reader),
        reader.UInt8(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt());
}
