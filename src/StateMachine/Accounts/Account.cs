using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Accounts;

/// <summary>What the chain keeps of an address.</summary>
/// <param name="Balance">ncredit.</param>
/// <param name="Key">The key that speaks for the address, bound by its first transaction; null before.</param>
/// <param name="EmptiedAt">Market time (seconds) at which its own transaction left it without credits; 0 while it has some.</param>
/// <param name="Lanes">Lanes in use, by number ascending; an absent lane's next sequence is 0.</param>
public sealed record Account(ulong Balance, PublicKey? Key, ulong EmptiedAt, IReadOnlyList<LaneSequence> Lanes)
{
    private const int CodecVersion = 1;

    /// <summary>An address that nobody has used.</summary>
    public static readonly Account Empty = new(0, null, 0, []);

    /// <summary>True when nothing needs to be remembered, so that no key is written.</summary>
    public bool IsEmpty => Balance == 0 && Key is null && Lanes.Count == 0;

    /// <summary>The sequence that the lane's next transaction must carry.</summary>
    public ulong NextSequence(byte lane)
    {
        foreach (LaneSequence entry in Lanes)
        {
            if (entry.Lane == lane) return entry.Next;
        }
        return 0;
    }

    public Account WithNextSequence(byte lane, ulong next)
    {
        List<LaneSequence> lanes = new(Lanes.Count + 1);
        int place = 0;
        while (place < Lanes.Count && Lanes[place].Lane < lane) lanes.Add(Lanes[place++]);
        lanes.Add(new LaneSequence(lane, next));
        if (place < Lanes.Count && Lanes[place].Lane == lane) place++;
        while (place < Lanes.Count) lanes.Add(Lanes[place++]);
        return this with { Lanes = lanes };
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(5).UInt(CodecVersion).UInt(Balance);
        if (Key is { } key) writer.Bin(key);
        else writer.Nil();
        writer.UInt(EmptiedAt).Array(Lanes.Count);
        foreach (LaneSequence lane in Lanes) writer.Array(2).UInt(lane.Lane).UInt(lane.Next);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Account account, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ulong balance = reader.UInt();
        PublicKey? key = null;
        if (reader.NextIsNil) reader.Nil();
        else key = reader.PublicKey();
        ulong emptiedAt = reader.UInt();
        int count = reader.ArrayHeader(Limits.LanesPerAccount);
        LaneSequence[] lanes = new LaneSequence[count];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            lanes[i] = new LaneSequence(reader.UInt8(Limits.LanesPerAccount - 1), reader.UInt());
            reader.EndArray();
            if (i > 0 && lanes[i].Lane <= lanes[i - 1].Lane) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        account = new Account(balance, key, emptiedAt, lanes);
        return reader.TryFinish(out error);
    }
}
