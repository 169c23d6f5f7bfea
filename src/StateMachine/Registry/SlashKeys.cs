using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// One mark for each (consensus address, height) that was punished, whichever path did it, or whose evidence named nobody
/// that could be. Marks stay for good: there are as few as there are faults, and none may be punished again.
/// </summary>
public static class SlashKeys
{
    private static readonly byte[] Mark = [0x91, 0x01];

    public static bool IsTaken(IStateReader state, in Address consensusAddress, Height height) =>
        state.Get(StoreId.Meta, Key(consensusAddress, height)) is not null;

    public static void Take(StateOverlay state, in Address consensusAddress, Height height) =>
        state.Put(StoreId.Meta, Key(consensusAddress, height), Mark);

    private static byte[] Key(in Address consensusAddress, Height height) =>
        Schema.Key(Schema.SlashKey, consensusAddress, (ulong)height.Value);
}
