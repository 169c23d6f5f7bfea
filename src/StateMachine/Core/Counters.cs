using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>The next number of each kind of object. Numbers start at 1 and are never given twice.</summary>
public static class Counters
{
    private const int CodecVersion = 1;

    /// <summary>Takes the next number.</summary>
    public static ulong Next(StateOverlay state, CounterKind kind)
    {
        ulong id = Last(state, kind) + 1;
        byte[] value = new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(id).ToArray();
        state.Put(StoreId.Market, [Schema.Counter, (byte)kind], value);
        return id;
    }

    /// <summary>The number given last; 0 before the first.</summary>
    public static ulong Last(IStateReader state, CounterKind kind)
    {
        byte[]? bytes = state.Get(StoreId.Market, [Schema.Counter, (byte)kind]);
        if (bytes is null) return 0;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        ulong last = reader.UInt();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored counter is canonical");
        return last;
    }
}
