using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Primitives.Blocks;

/// <summary>How a block was cut into 64-KiB parts: their number and the Merkle root over them.</summary>
public readonly record struct PartSetHeader(uint Total, Hash256 Hash)
{
    /// <summary>Protobuf form; empty when there are no parts. Also the canonical form inside sign bytes.</summary>
    public byte[] ToProto()
    {
        ProtoWriter writer = new();
        writer.Varint(1, Total);
        if (Total != 0 || !Hash.IsZero) writer.Bytes(2, Hash.Span);
        return writer.ToArray();
    }
}
