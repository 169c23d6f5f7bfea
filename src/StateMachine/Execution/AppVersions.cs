using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>The application version that the state prescribes for the next block.</summary>
public static class AppVersions
{
    private const int CodecVersion = 1;

    public static ulong Current(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.AppVersion));
        Invariant.Holds(bytes is not null, "the state holds the application version");
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong codec = reader.UInt();
        ulong version = reader.UInt();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && codec == CodecVersion, "the stored application version is canonical");
        return version;
    }

    internal static void Store(StateOverlay state, ulong version) => state.Put(
        StoreId.Meta, Schema.Key(Schema.AppVersion), new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(version).ToArray());
}
