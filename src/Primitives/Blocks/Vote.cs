using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>A signed prevote or precommit of one validator; a nil <see cref="BlockId"/> is a vote against every block.</summary>
public sealed record Vote(
    VoteType Type,
    Height Height,
    Round Round,
    BlockId BlockId,
    Timestamp Timestamp,
    Address ValidatorAddress,
    int ValidatorIndex,
    Signature Signature)
{
    public byte[] SignBytes(string chainId) =>
        Blocks.SignBytes.Vote(chainId, Type, Height, Round, BlockId, Timestamp);

    public byte[] ToProto() => new ProtoWriter()
        .Varint(1, (long)Type)
        .Varint(2, Height.Value)
        .Varint(3, Round.Value)
        .Message(4, BlockId.ToProto())
        .Message(5, Timestamp.ToProto())
        .Bytes(6, ValidatorAddress.Span)
        .Varint(7, ValidatorIndex)
        .Bytes(8, Signature.Span)
        .ToArray();

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        writer.Array(8).UInt((ulong)Type).Int(Height.Value).UInt((ulong)Round.Value);
        BlockId.Write(ref writer);
        Timestamp.Write(ref writer);
        return ref writer.Bin(ValidatorAddress).UInt((ulong)ValidatorIndex).Bin(Signature);
    }

    public static Vote Read(ref MessagePackReader reader)
    {
        reader.Array(8);
        VoteType type = (VoteType)reader.UInt8();
        if (type is not (VoteType.Prevote or VoteType.Precommit)) reader.Fail(DecodeCode.OutOfRange);
        Vote vote = new(
            type,
            new Height(reader.Int(min: 1)),
            new Round((int)reader.UInt32(int.MaxValue)),
            BlockId.Read(ref reader),
            Timestamp.Read(ref reader),
            reader.Address(),
            (int)reader.UInt32(Limits.ValidatorsMax - 1),
            reader.Signature());
        reader.EndArray();
        return vote;
    }
}
