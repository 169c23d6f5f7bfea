using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Market.Offers;

/// <summary>A posted price. It is listed as long as its record exists; a withdrawn or expired one leaves only its event.</summary>
/// <param name="ValidUntil">The first second that is too late to take it.</param>
/// <param name="StorageDeposit">ncredit, returned when the record goes.</param>
public sealed record Offer(
    ulong Id,
    Address Provider,
    OfferTerms Terms,
    MarketTime PostedAt,
    MarketTime ValidUntil,
    ulong StorageDeposit)
{
    private const int CodecVersion = 2;
    private const int Arity = 6 + OfferTerms.FieldCount;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(Id).Bin(Provider);
        Terms.Write(ref writer);
        writer.UInt(PostedAt.Seconds).UInt(ValidUntil.Seconds).UInt(StorageDeposit);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Offer offer, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        offer = new Offer(
            reader.UInt(),
            reader.Address(),
            OfferTerms.Read(ref reader),
            new MarketTime(reader.UInt()),
            new MarketTime(reader.UInt()),
            reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
