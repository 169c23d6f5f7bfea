using System;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>
/// Market time = header time − offset. When a header is more than <c>gap_max</c> after the one before, what is beyond joins
/// the offset. Kept in milliseconds, so that many short steps lose nothing.
/// </summary>
public static class MarketClock
{
    private const int CodecVersion = 1;

    /// <summary>Milliseconds that the market clock is behind header time.</summary>
    public static ulong OffsetMs(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.MarketClock));
        if (bytes is null) return 0;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        ulong offsetMs = reader.UInt();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "the stored market clock is canonical");
        return offsetMs;
    }

    /// <summary>Market time at a header time, by the offset that the state holds.</summary>
    public static MarketTime At(IStateReader state, Timestamp time) => At(time, OffsetMs(state));

    /// <summary>Market time of a new block; writes the offset when the step was longer than the parameter allows.</summary>
    internal static MarketTime Advance(StateOverlay state, Timestamp time, Timestamp previous, Parameters parameters)
    {
        ulong offsetMs = OffsetMs(state);
        long stepMs = time.UnixMs - previous.UnixMs;
        Invariant.Holds(stepMs >= 0, "header time does not run backwards");
        ulong gapMsMax = parameters.GapMaxSeconds * 1000;
        if ((ulong)stepMs <= gapMsMax) return At(time, offsetMs);
        offsetMs += (ulong)stepMs - gapMsMax;
        byte[] value = new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(offsetMs).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.MarketClock), value);
        return At(time, offsetMs);
    }

    private static MarketTime At(Timestamp time, ulong offsetMs)
    {
        Int128 marketMs = (Int128)time.UnixMs - offsetMs;
        return new MarketTime(marketMs > 0 ? (ulong)(marketMs / 1000) : 0);
    }
}
