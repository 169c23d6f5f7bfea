using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc.Methods;

/// <summary>Reads an optional height with CometBFT's checks and texts, which light clients match.</summary>
internal static class HeightArgument
{
    /// <summary>The height asked for, or <paramref name="newest"/> where none is given.</summary>
    public static RpcError? Read(RpcCall call, BlockStore blocks, Height newest, out Height height)
    {
        long? asked = call.Arguments.Int64("height");
        height = newest;
        if (call.Arguments.Error is { } error) return error;
        if (asked is not { } value) return null;
        height = new Height(value);
        if (value <= 0) return RpcError.Internal($"height must be greater than 0, but got {value}");
        if (height > newest)
        {
            return RpcError.Internal(
                $"height {value} must be less than or equal to the current blockchain height {newest.Value}");
        }
        Height first = blocks.First;
        return height < first ? RpcError.Internal($"height {value} is not available, lowest height is {first.Value}") : null;
    }
}
