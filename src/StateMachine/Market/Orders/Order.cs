using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;

namespace Chain.StateMachine.Market.Orders;

/// <summary>A tenant's request for leases, with the money that backs it.</summary>
/// <param name="Leased">Replicas that became leases.</param>
/// <param name="Escrow">ncredit for the buckets of the replicas that are not leased yet.</param>
/// <param name="Deposit">ncredit that answer for the tenant's start of the replicas that are not leased yet.</param>
/// <param name="StorageDeposit">ncredit, returned when the record goes.</param>
/// <param name="Due">When its next timed move is due: the expiry, then the pruning.</param>
/// <param name="PruneSeconds">How long the record stays after its end.</param>
/// <param name="Bids">Live bids, the oldest first.</param>
/// <param name="Ended">Providers whose bids ended as won or lost and are kept until the record goes, in the order of their end.</param>
public sealed record Order(
    ulong Id,
    Address Tenant,
    OrderTerms Terms,
    OrderState State,
    byte Leased,
    ulong Escrow,
    ulong Deposit,
    ulong StorageDeposit,
    MarketTime OpenedAt,
    MarketTime Due,
    ulong PruneSeconds,
    IReadOnlyList<ListedBid> Bids,
    IReadOnlyList<Address> Ended)
{
    private const int CodecVersion = 4;
    private const int Arity = 18 + OrderTerms.FieldCount;

    /// <summary>How long sealed bids may be revealed after bidding is over; 0 in an open auction.</summary>
    public ulong RevealSeconds { get; init; }

    /// <summary>The beacon's round that says which of the last bids came too late; 0 when none is waited for.</summary>
    public ulong DrawRound { get; init; }

    /// <summary>Renewals that are left.</summary>
    public byte Renewals { get; init; }

    /// <summary>ncredit that leases did not need at their rate and that are kept for renewals; nothing once none is left.</summary>
    public ulong Reserve { get; init; }

    /// <summary>Live leases that are sought anew when their provider leaves; none once no renewal is left.</summary>
    public IReadOnlyList<ulong> Leases { get; init; } = [];

    /// <summary>True while it renews itself.</summary>
    public bool IsStanding => Renewals > 0;

    public int OpenReplicas => Terms.Replicas - Leased;

    /// <summary>What a lease made now is paid in advance: what was asked for, or in a renewal what is left of it.</summary>
    public ulong PrepaidSeconds
    {
        get
        {
            UInt128 paidFor = Escrow / ((UInt128)Terms.RateMax * (uint)OpenReplicas);
            return paidFor < Terms.PrepaidSeconds ? (ulong)paidFor : Terms.PrepaidSeconds;
        }
    }

    public bool IsSealed => Terms.Mode != AuctionMode.Open;

    /// <summary>Credits that this record holds.</summary>
    public Int128 Held => (Int128)Escrow + Deposit + StorageDeposit + Reserve;

    public bool TakesBids => State is OrderState.Open or OrderState.Matched;

    /// <summary>Place of a provider's live bid in <see cref="Bids"/>; -1 without one.</summary>
    public int FindBid(in Address provider)
    {
        for (int i = 0; i < Bids.Count; i++)
        {
            if (Bids[i].Provider == provider) return i;
        }
        return -1;
    }

    /// <summary>The highest rate weighed by quality, and of these the youngest: the bid that goes first when a better one comes. -1 without bids.</summary>
    public int FindWorstBid()
    {
        int worst = -1;
        for (int i = 0; i < Bids.Count; i++)
        {
            if (worst < 0 || !AuctionMath.IsBetter(Bids[i], Bids[worst])) worst = i;
        }
        return worst;
    }

    public Order WithoutBid(int place)
    {
        List<ListedBid> bids = [.. Bids];
        bids.RemoveAt(place);
        return this with { Bids = bids };
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(Id).Bin(Tenant);
        Terms.Write(ref writer);
        writer.UInt((byte)State).UInt(Leased).UInt(Escrow).UInt(Deposit).UInt(StorageDeposit);
        writer.UInt(OpenedAt.Seconds).UInt(Due.Seconds).UInt(PruneSeconds).UInt(RevealSeconds).UInt(DrawRound);
        writer.UInt(Renewals).UInt(Reserve).Array(Leases.Count);
        foreach (ulong lease in Leases) writer.UInt(lease);
        writer.Array(Bids.Count);
        foreach (ListedBid bid in Bids) writer.Array(3).Bin(bid.Provider).UInt(bid.RatePerSecond).UInt(bid.QualityBps);
        writer.Array(Ended.Count);
        foreach (Address provider in Ended) writer.Bin(provider);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Order order, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ulong id = reader.UInt();
        Address tenant = reader.Address();
        OrderTerms terms = OrderTerms.Read(ref reader);
        OrderState state = (OrderState)reader.UInt8((byte)OrderState.Standing);
        byte leased = reader.UInt8();
        ulong escrow = reader.UInt();
        ulong deposit = reader.UInt();
        ulong storage = reader.UInt();
        MarketTime openedAt = new(reader.UInt());
        MarketTime due = new(reader.UInt());
        ulong prune = reader.UInt();
        ulong reveal = reader.UInt();
        ulong draw = reader.UInt();
        byte renewals = reader.UInt8(MarketLimits.RenewalsMax);
        ulong reserve = reader.UInt();
        ulong[] leases = new ulong[reader.ArrayHeader(MarketLimits.ReplicasMax)];
        for (int i = 0; i < leases.Length && reader.IsOk; i++) leases[i] = reader.UInt();
        reader.EndArray();
        ListedBid[] bids = new ListedBid[reader.ArrayHeader(MarketLimits.BidsListedMax)];
        for (int i = 0; i < bids.Length && reader.IsOk; i++)
        {
            reader.Array(3);
            bids[i] = new ListedBid(reader.Address(), reader.UInt(), reader.UInt());
            reader.EndArray();
        }
        reader.EndArray();
        Address[] ended = new Address[reader.ArrayHeader(MarketLimits.BidsListedMax + MarketLimits.ReplicasMax + MarketLimits.RenewalsMax)];
        for (int i = 0; i < ended.Length && reader.IsOk; i++) ended[i] = reader.Address();
        reader.EndArray();
        reader.EndArray();
        order = new Order(
            id, tenant, terms, state, leased, escrow, deposit, storage, openedAt, due, prune, bids, ended)
        {
            RevealSeconds = reveal,
            DrawRound = draw,
            Renewals = renewals,
            Reserve = reserve,
            Leases = leases,
        };
        return reader.TryFinish(out error);
    }
}
