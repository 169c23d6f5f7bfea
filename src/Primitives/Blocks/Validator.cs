using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>A member of a validator set: its consensus key, its voting power, and its place in the proposer rotation.</summary>
public sealed record Validator(PublicKey PublicKey, long Power, long ProposerPriority = 0)
{
    /// <summary>First 20 bytes of SHA-256 of the key.</summary>
    public Address Address { get; } = PublicKey.Address;

    /// <summary><c>SimpleValidator</c>, a leaf of validators_hash: key and power, no address, no priority.</summary>
    public byte[] ToSimpleProto() => new ProtoWriter()
        .Message(1, new ProtoWriter().Message(1, PublicKey.Span).Written)
        .Varint(2, Power)
        .ToArray();
}
