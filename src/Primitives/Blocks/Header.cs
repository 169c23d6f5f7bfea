using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Blocks;

/// <summary>
/// A block header of CometBFT v0.38, 14 fields in their order. No hash is ever empty on this chain; a zero hash stands for an
/// empty one of another chain and is written as such.
/// </summary>
public sealed record Header
{
    /// <summary>CometBFT's block protocol version.</summary>
    public const ulong BlockProtocol = 11;

    public ulong VersionBlock { get; init; } = BlockProtocol;

    /// <summary>Application version: which rules execute this block.</summary>
    public required ulong VersionApp { get; init; }

    public required string ChainId { get; init; }

    public required Height Height { get; init; }

    /// <summary>The proposer's clock (proposer-based timestamps); strictly increasing.</summary>
    public required Timestamp Time { get; init; }

    public required BlockId LastBlockId { get; init; }

    public required Hash256 LastCommitHash { get; init; }

    public required Hash256 DataHash { get; init; }

    public required Hash256 ValidatorsHash { get; init; }

    public required Hash256 NextValidatorsHash { get; init; }

    public required Hash256 ConsensusHash { get; init; }

    /// <summary>State after the block before this one.</summary>
    public required Hash256 AppHash { get; init; }

    public required Hash256 LastResultsHash { get; init; }

    public required Hash256 EvidenceHash { get; init; }

    public required Address ProposerAddress { get; init; }

    /// <summary>The header's hash: Merkle root over its 14 fields, scalars wrapped (consensus.md 1.3).</summary>
    public Hash256 Hash() => MerkleTree.Root(
    [
        VersionProto(),
        new ProtoWriter().String(1, ChainId).ToArray(),
        new ProtoWriter().Varint(1, Height.Value).ToArray(),
        Time.ToProto(),
        LastBlockId.ToProto(),
        Wrap(LastCommitHash),
        Wrap(DataHash),
        Wrap(ValidatorsHash),
        Wrap(NextValidatorsHash),
        Wrap(ConsensusHash),
        Wrap(AppHash),
        Wrap(LastResultsHash),
        Wrap(EvidenceHash),
        new ProtoWriter().Bytes(1, ProposerAddress.Span).ToArray(),
    ]);

    public byte[] ToProto() => new ProtoWriter()
        .Message(1, VersionProto())
        .String(2, ChainId)
        .Varint(3, Height.Value)
        .Message(4, Time.ToProto())
        .Message(5, LastBlockId.ToProto())
        .Bytes(6, OrEmpty(LastCommitHash))
        .Bytes(7, OrEmpty(DataHash))
        .Bytes(8, OrEmpty(ValidatorsHash))
        .Bytes(9, OrEmpty(NextValidatorsHash))
        .Bytes(10, OrEmpty(ConsensusHash))
        .Bytes(11, OrEmpty(AppHash))
        .Bytes(12, OrEmpty(LastResultsHash))
        .Bytes(13, OrEmpty(EvidenceHash))
        .Bytes(14, ProposerAddress.Span)
        .ToArray();

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        writer.Array(15).UInt(VersionBlock).UInt(VersionApp).Str(ChainId).Int(Height.Value);
        Time.Write(ref writer);
        LastBlockId.Write(ref writer);
        return ref writer.Bin(LastCommitHash).Bin(DataHash).Bin(ValidatorsHash).Bin(NextValidatorsHash).Bin(ConsensusHash)
            .Bin(AppHash).Bin(LastResultsHash).Bin(EvidenceHash).Bin(ProposerAddress);
    }

    public static Header Read(ref MessagePackReader reader)
    {
        reader.Array(15);
        Header header = new()
        {
            VersionBlock = reader.UInt(),
            VersionApp = reader.UInt(),
            ChainId = reader.Str(Limits.ChainIdBytesMax),
            Height = new Height(reader.Int(min: 0)),
            Time = Timestamp.Read(ref reader),
            LastBlockId = BlockId.Read(ref reader),
            LastCommitHash = reader.Hash256(),
            DataHash = reader.Hash256(),
            ValidatorsHash = reader.Hash256(),
            NextValidatorsHash = reader.Hash256(),
            ConsensusHash = reader.Hash256(),
            AppHash = reader.Hash256(),
            LastResultsHash = reader.Hash256(),
            EvidenceHash = reader.Hash256(),
            ProposerAddress = reader.Address(),
        };
        reader.EndArray();
        return header;
    }

    private byte[] VersionProto() => new ProtoWriter().Varint(1, VersionBlock).Varint(2, VersionApp).ToArray();

    private static byte[] Wrap(in Hash256 hash) => new ProtoWriter().Bytes(1, OrEmpty(hash)).ToArray();

    private static ReadOnlySpan<byte> OrEmpty(in Hash256 hash) => hash.IsZero ? default : hash.Span;
}
