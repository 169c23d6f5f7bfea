using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>The consensus parameters that a header commits to by consensus_hash: CometBFT hashes these two alone.</summary>
public readonly record struct ConsensusParams(long BlockBytesMax, long BlockGasMax)
{
    public Hash256 Hash() => Sha256.Hash(new ProtoWriter().Varint(1, BlockBytesMax).Varint(2, BlockGasMax).Written);
}
