using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Primitives.Blocks;

/// <summary>How a block was cut into 64-KiB parts: their number and the Merkle root over them.</summary>
public readonly record struct PartSetHeader(uint Total, Hash256 Hash)
{
    /// <summary>Protobuf form; a zero hash counts as absent. Also the canonical form inside sign bytes.</summary>
    public byte[] ToProto()
    {
        ProtoWriter writer = new();
        writer.Varint(1, Total);
        if (!Hash.IsZero) writer.Bytes(2, Hash.Span);
        return writer.ToArray();
    }
}
