using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>
/// How many results of a worker in a row were found right by others (marketplace.md 2.3, CV). One wrong result or one silence makes it
/// nothing; a result that nobody checked leaves it.
/// </summary>
public static class WorkerStreak
{
    private const int CodecVersion = 1;

    /// <summary>The raw key, for proofs.</summary>
    public static byte[] Key(in Address worker) => Schema.Key(ProofSchema.WorkerStreak, worker);

    public static ulong Load(IStateReader state, in Address worker)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(worker));
        if (bytes is null) return 0;
        bool isCanonical = TryDecode(bytes, out ulong streak, out _);
        Invariant.Holds(isCanonical, "a stored streak is canonical");
        return streak;
    }

    /// <summary>One more result was found right.</summary>
    public static void Add(StateOverlay state, in Address worker) =>
        state.Put(StoreId.Market, Key(worker), Encode(Load(state, worker) + 1));

    /// <summary>A result was wrong, or there was none.</summary>
    public static void Break(StateOverlay state, in Address worker) => state.Delete(StoreId.Market, Key(worker));

    public static byte[] Encode(ulong streak) => new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(streak).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ulong streak, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        streak = reader.UInt();
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
