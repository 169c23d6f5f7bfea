using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Registry;

/// <summary>A provider's word on what it has, given anew in every period.</summary>
/// <param name="Period">Market time divided by the length of a period.</param>
/// <param name="Hash">SHA-256 of the inventory, which stays off the chain.</param>
public sealed record CapacitySnapshot(ulong Period, Hash256 Hash)
{
    /// <summary>An empty array stands for none.</summary>
    public static void Write(ref MessagePackWriter writer, CapacitySnapshot? snapshot)
    {
        if (snapshot is null) writer.Array(0);
        else writer.Array(2).UInt(snapshot.Period).Bin(snapshot.Hash);
    }

    public static CapacitySnapshot? Read(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(2);
        if (count == 1) reader.Fail(DecodeCode.OutOfRange);
        CapacitySnapshot? snapshot = count == 0 ? null : new CapacitySnapshot(reader.UInt(), reader.Hash256());
        reader.EndArray();
        if (snapshot is { Hash.IsZero: true }) reader.Fail(DecodeCode.OutOfRange);
        return snapshot;
    }
}
