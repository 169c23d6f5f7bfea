using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Bids;

/// <summary>A provider's answer to an order; its id is the order's id and the provider.</summary>
/// <param name="RatePerSecond">ncredit; 0 while it is sealed.</param>
/// <param name="NoticeSeconds">The notice that the provider commits itself to.</param>
/// <param name="Deposit">ncredit that answer for the provider's start.</param>
/// <param name="Collateral">ncredit of the provider's stake that are locked for it; they move with it into the lease.</param>
/// <param name="StorageDeposit">ncredit, returned when the record goes.</param>
public sealed record Bid(
    ulong OrderId,
    Address Provider,
    ulong RatePerSecond,
    ulong NoticeSeconds,
    BidState State,
    ulong Deposit,
    ulong Collateral,
    ulong StorageDeposit,
    MarketTime PlacedAt)
{
    private const int CodecVersion = 3;

    /// <summary>Of a sealed bid; zero of an open one.</summary>
    public Hash256 Commit { get; init; }

    /// <summary>What is reserved for it, with the cards named.</summary>
    public ResourceVector Resources { get; init; } = ResourceVector.None;

    /// <summary>The availability that it promises.</summary>
    public SlaClass Sla { get; init; } = SlaClass.Standard;

    /// <summary>Credits that this record holds. The collateral is part of the provider's stake and not counted here.</summary>
    public Int128 Held => (Int128)Deposit + StorageDeposit;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(13).UInt(CodecVersion).UInt(OrderId).Bin(Provider).UInt(RatePerSecond).UInt(NoticeSeconds);
        writer.UInt((byte)State).UInt(Deposit).UInt(Collateral).UInt(StorageDeposit).UInt(PlacedAt.Seconds).Bin(Commit);
        Resources.Write(ref writer);
        return writer.UInt((ulong)Sla).ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Bid bid, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(13);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        bid = new Bid(
            reader.UInt(),
            reader.Address(),
            reader.UInt(),
            reader.UInt(),
            (BidState)reader.UInt8((byte)BidState.Left),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            new MarketTime(reader.UInt()))
        {
            Commit = reader.Hash256(),
            Resources = ResourceVector.Read(ref reader),
            Sla = (SlaClass)reader.UInt8(),
        };
        if (!Enum.IsDefined(bid.Sla)) reader.Fail(DecodeCode.OutOfRange);
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
