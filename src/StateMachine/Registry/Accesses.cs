using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Node keys that may connect without a seat, each until a market time.</summary>
public static class Accesses
{
    private const int CodecVersion = 1;

    /// <summary>Every key with access at this time, by key ascending.</summary>
    public static List<PublicKey> All(IStateReader state, MarketTime now)
    {
        byte[] from = Schema.Key(Schema.Access);
        List<PublicKey> keys = [];
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Meta, from, Schema.RangeEnd(from)))
        {
            if (now < Decode(pair.Value)) keys.Add(PublicKey.From(pair.Key.AsSpan(1)));
        }
        return keys;
    }

    public static void Store(StateOverlay state, in PublicKey nodeKey, MarketTime expires)
    {
        byte[] value = new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(expires.Seconds).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.Access, nodeKey.Span), value);
    }

    private static MarketTime Decode(byte[] bytes)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        MarketTime expires = new(reader.UInt());
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored access is canonical");
        return expires;
    }
}
