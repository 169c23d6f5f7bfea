using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Gates;

/// <summary>
/// Which kinds are closed, by flag or by breaker. One record, absent while every kind is open. What leads out of the market, and
/// what somebody loses by not sending it in time, cannot be closed by anybody (marketplace.md 5.6, P22).
/// </summary>
public sealed class KindGates
{
    private const int CodecVersion = 1;
    private const int KindsMax = byte.MaxValue;

    /// <summary>Everything is open.</summary>
    public static readonly KindGates AllOpen = new([], []);

    private static readonly KindMask NeverClosed = KindMask.Of(
        // The ways out, and the money that belongs to the sender already.
        MessageKind.Settle, MessageKind.Withdraw, MessageKind.LeaseClose, MessageKind.OrderClose, MessageKind.BidClose,
        MessageKind.Stake, MessageKind.Update, MessageKind.Revoke,
        // Justice, whose deadlines go on.
        MessageKind.Dispute, MessageKind.DisputeAnswer, MessageKind.DisputeVote,
        // Who is silent here loses a deposit, a lease or stake.
        MessageKind.LeaseStart, MessageKind.BidReveal, MessageKind.Deposit,
        MessageKind.Prove, MessageKind.Result, MessageKind.Probe,
        // Who decides, and how what was decided is changed again; grants must stay revocable.
        MessageKind.Propose, MessageKind.Vote, MessageKind.Validator, MessageKind.Admit, MessageKind.Grant);

    private KindGates(IReadOnlyList<KindFlag> flags, IReadOnlyList<Breaker> breakers)
    {
        Flags = flags;
        Breakers = breakers;
    }

    /// <summary>Flags other than on, by kind ascending.</summary>
    public IReadOnlyList<KindFlag> Flags { get; }

    /// <summary>Breakers that are open, or rest, by kind ascending.</summary>
    public IReadOnlyList<Breaker> Breakers { get; }

    /// <summary>True for a known kind that may be closed.</summary>
    public static bool IsSwitchable(MessageKind kind) => !NeverClosed.Contains(kind) && KindTable.Find(kind, 1) is not null;

    /// <summary>KindDisabled when a kind of these messages is closed to the sender.</summary>
    /// <param name="sender">For whom they act.</param>
    public ResultCode Check(IReadOnlyList<Message> messages, in Address sender, MarketTime now)
    {
        if (Flags.Count == 0 && Breakers.Count == 0) return ResultCode.Ok;
        foreach (Message message in messages)
        {
            if (!Lets(message.Kind, sender, now)) return ResultCode.KindDisabled;
        }
        return ResultCode.Ok;
    }

    public bool Lets(MessageKind kind, in Address sender, MarketTime now)
    {
        if (NeverClosed.Contains(kind)) return true;
        foreach (Breaker breaker in Breakers)
        {
            if (breaker.Kind == kind && now < breaker.Until) return false;
        }
        foreach (KindFlag flag in Flags)
        {
            if (flag.Kind == kind) return flag.Lets(sender);
        }
        return true;
    }

    public FlagMode ModeOf(MessageKind kind)
    {
        foreach (KindFlag flag in Flags)
        {
            if (flag.Kind == kind) return flag.Mode;
        }
        return FlagMode.On;
    }

    public Breaker? BreakerOf(MessageKind kind)
    {
        foreach (Breaker breaker in Breakers)
        {
            if (breaker.Kind == kind) return breaker;
        }
        return null;
    }

    /// <summary>With the kind's flag in place of its old one.</summary>
    public KindGates With(KindFlag flag)
    {
        SortedDictionary<MessageKind, KindFlag> flags = [];
        foreach (KindFlag other in Flags) flags[other.Kind] = other;
        if (flag.Mode == FlagMode.On) flags.Remove(flag.Kind);
        else flags[flag.Kind] = flag;
        return new KindGates([.. flags.Values], Breakers);
    }

    /// <summary>With the kind's breaker, or without one.</summary>
    public KindGates With(MessageKind kind, Breaker? breaker)
    {
        SortedDictionary<MessageKind, Breaker> breakers = [];
        foreach (Breaker other in Breakers) breakers[other.Kind] = other;
        breakers.Remove(kind);
        if (breaker is { } set) breakers[kind] = set;
        return new KindGates(Flags, [.. breakers.Values]);
    }

    public static KindGates Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.KindGates));
        if (bytes is null) return AllOpen;
        bool isCanonical = TryDecode(bytes, out KindGates gates, out _);
        Invariant.Holds(isCanonical, "the stored gates of kinds are canonical");
        return gates;
    }

    public static void Store(StateOverlay state, KindGates gates)
    {
        if (gates.Flags.Count > 0 || gates.Breakers.Count > 0)
        {
            state.Put(StoreId.Meta, Schema.Key(Schema.KindGates), gates.Encode());
        }
        else state.Delete(StoreId.Meta, Schema.Key(Schema.KindGates));
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(3).UInt(CodecVersion).Array(Flags.Count);
        foreach (KindFlag flag in Flags) flag.Write(ref writer.Array(KindFlag.FieldCount));
        writer.Array(Breakers.Count);
        foreach (Breaker breaker in Breakers)
        {
            writer.Array(3).UInt((ulong)breaker.Kind).UInt(breaker.Until.Seconds).UInt(breaker.RestUntil.Seconds);
        }
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out KindGates gates, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        KindFlag[] flags = new KindFlag[reader.ArrayHeader(KindsMax)];
        for (int i = 0; i < flags.Length && reader.IsOk; i++)
        {
            reader.Array(KindFlag.FieldCount);
            flags[i] = KindFlag.Read(ref reader);
            reader.EndArray();
            if (i > 0 && flags[i].Kind <= flags[i - 1].Kind) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        Breaker[] breakers = new Breaker[reader.ArrayHeader(KindsMax)];
        for (int i = 0; i < breakers.Length && reader.IsOk; i++)
        {
            reader.Array(3);
            breakers[i] = new Breaker(
                (MessageKind)reader.UInt8(), new MarketTime(reader.UInt()), new MarketTime(reader.UInt()));
            reader.EndArray();
            if (i > 0 && breakers[i].Kind <= breakers[i - 1].Kind) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        gates = new KindGates(flags, breakers);
        return reader.TryFinish(out error);
    }
}
