using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Node keys that may connect without a seat, each until a market time.</summary>
public static class Accesses
{
    private const int CodecVersion = 1;

    /// <summary>Every key with access at this time and its expiry, by key ascending.</summary>
    public static List<KeyValuePair<PublicKey, MarketTime>> All(IStateReader state, MarketTime now)
    {
        byte[] from = Schema.Key(Schema.Access);
        List<KeyValuePair<PublicKey, MarketTime>> all = [];
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Meta, from, Schema.RangeEnd(from)))
        {
            MarketTime expires = Decode(pair.Value);
            if (now < expires) all.Add(new(PublicKey.From(pair.Key.AsSpan(1)), expires));
        }
        return all;
    }

    /// <summary>Until when a node key has access; null where it has none.</summary>
    public static MarketTime? ExpiryOf(IStateReader state, in PublicKey nodeKey, MarketTime now)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.Access, nodeKey.Span));
        if (bytes is null) return null;
        MarketTime expires = Decode(bytes);
        return now < expires ? expires : null;
    }

    /// <summary>Writes an access, which goes when it expires.</summary>
    public static void Store(StateOverlay state, in PublicKey nodeKey, MarketTime expires)
    {
        byte[] value = new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(expires.Seconds).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.Access, nodeKey.Span), value);
        if (expires != MarketTime.Never) TimedQueue.Schedule(state, expires, TimedKind.Access, nodeKey.Span);
    }

    public static void Remove(StateOverlay state, in PublicKey nodeKey) =>
        state.Delete(StoreId.Meta, Schema.Key(Schema.Access, nodeKey.Span));

    /// <param name="reason">left, expired or revoked.</param>
    internal static Event Ended(in PublicKey nodeKey, string reason) =>
        new("AccessEnded", [new("node_key", Hex.Lower(nodeKey.Span)), new("reason", reason)]);

    /// <summary>Ends an access that has expired. One that was renewed stays.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        byte[]? bytes = context.State.Get(StoreId.Meta, Schema.Key(Schema.Access, id));
        if (bytes is null || Decode(bytes) > context.Now) return;
        PublicKey nodeKey = PublicKey.From(id);
        Remove(context.State, nodeKey);
        context.Emit(Ended(nodeKey, "expired"));
    }

    /// <summary>Reads a stored access, which is its expiry.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out MarketTime expires, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        expires = new MarketTime(reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static MarketTime Decode(byte[] bytes)
    {
        bool isCanonical = TryDecode(bytes, out MarketTime expires, out _);
        Invariant.Holds(isCanonical, "a stored access is canonical");
        return expires;
    }
}
