using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Beacon;

/// <summary>Load and store of tips, by consensus address.</summary>
public static class BeaconTips
{
    public static BeaconTip? Load(IStateReader state, in Address validator)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.BeaconTip, validator));
        if (bytes is null) return null;
        bool isCanonical = BeaconTip.TryDecode(bytes, out BeaconTip tip, out _);
        Invariant.Holds(isCanonical, "a stored beacon tip is canonical");
        return tip;
    }

    public static void Store(StateOverlay state, in Address validator, BeaconTip tip) =>
        state.Put(StoreId.Meta, Schema.Key(Schema.BeaconTip, validator), tip.Encode());
}
