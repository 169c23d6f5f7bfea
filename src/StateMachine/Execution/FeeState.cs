using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>What the base fee depends on.</summary>
/// <param name="BaseFee">Of the last block with transactions, ncredit per work unit.</param>
/// <param name="Excess">Work beyond the target that has not been worked off.</param>
/// <param name="UpdatedAt">Market time of that block.</param>
public sealed record FeeState(ulong BaseFee, ulong Excess, MarketTime UpdatedAt)
{
    private const int CodecVersion = 1;

    public static FeeState Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.FeeMarket));
        Invariant.Holds(bytes is not null, "the state holds the fee market");
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        ulong version = reader.UInt();
        FeeState fees = new(reader.UInt(), reader.UInt(), new MarketTime(reader.UInt()));
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "the stored fee market is canonical");
        return fees;
    }

    public void Store(StateOverlay state)
    {
        byte[] value = new MessagePackWriter()
            .Array(4).UInt(CodecVersion).UInt(BaseFee).UInt(Excess).UInt(UpdatedAt.Seconds).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.FeeMarket), value);
    }
}
