using System;
using System.Buffers.Binary;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>What falls due when: one state key for each entry, <c>due (8 bytes, big-endian) ‖ kind ‖ id</c>.</summary>
public static class TimedQueue
{
    private const int HeadSize = 1 + 8 + 1;
    private static readonly byte[] Mark = [0x91, 0x01];

    /// <summary>Adds an entry; adding it again changes nothing.</summary>
    public static void Schedule(StateOverlay state, MarketTime due, TimedKind kind, ReadOnlySpan<byte> id) =>
        state.Put(StoreId.Market, Key(due, kind, id), Mark);

    /// <summary>Removes an entry; one that is not there is no error.</summary>
    public static void Cancel(StateOverlay state, MarketTime due, TimedKind kind, ReadOnlySpan<byte> id)
    {
        byte[] key = Key(due, kind, id);
        if (state.Get(StoreId.Market, key) is not null) state.Delete(StoreId.Market, key);
    }

    internal static byte[] Key(MarketTime due, TimedKind kind, ReadOnlySpan<byte> id)
    {
        byte[] key = new byte[HeadSize + id.Length];
        key[0] = Schema.TimedQueue;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), due.Seconds);
        key[9] = (byte)kind;
        id.CopyTo(key.AsSpan(HeadSize));
        return key;
    }

    internal static MarketTime DueOf(ReadOnlySpan<byte> key) => new(BinaryPrimitives.ReadUInt64BigEndian(key[1..]));

    internal static TimedKind KindOf(ReadOnlySpan<byte> key) => (TimedKind)key[9];

    internal static byte[] IdOf(ReadOnlySpan<byte> key) => key[HeadSize..].ToArray();
}
