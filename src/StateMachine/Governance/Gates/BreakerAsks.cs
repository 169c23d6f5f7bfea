using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Gates;

/// <summary>What guardians asked for and too few agreed to so far: one record, at most one wish of each guardian.</summary>
public static class BreakerAsks
{
    private const int CodecVersion = 1;

    public static List<BreakerAsk> Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.BreakerAsks));
        List<BreakerAsk> asks = [];
        if (bytes is null) return asks;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        int count = reader.ArrayHeader(GovernanceLimits.MembersMax);
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(4);
            asks.Add(new BreakerAsk(
                reader.Address(), new KindMask(reader.UInt()), reader.UInt(), new MarketTime(reader.UInt())));
            reader.EndArray();
        }
        reader.EndArray();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "the stored wishes of guardians are canonical");
        return asks;
    }

    public static void Store(StateOverlay state, List<BreakerAsk> asks)
    {
        if (asks.Count == 0)
        {
            state.Delete(StoreId.Meta, Schema.Key(Schema.BreakerAsks));
            return;
        }
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(asks.Count);
        foreach (BreakerAsk ask in asks)
        {
            writer.Array(4).Bin(ask.Guardian).UInt(ask.Kinds.Bits).UInt(ask.Seconds).UInt(ask.AskedAt.Seconds);
        }
        state.Put(StoreId.Meta, Schema.Key(Schema.BreakerAsks), writer.ToArray());
    }
}
