using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>A proposer's signed claim that a block should be decided in a round.</summary>
/// <param name="PolRound">Round of the polka that makes the block worth proposing again; −1 for a new block.</param>
/// <param name="Timestamp">Equal to the block header's time (proposer-based timestamps).</param>
public sealed record Proposal(
    Height Height,
    Round Round,
    Round PolRound,
    BlockId BlockId,
    Timestamp Timestamp,
    Signature Signature)
{
    public byte[] SignBytes(string chainId) =>
        Blocks.SignBytes.Proposal(chainId, Height, Round, PolRound, BlockId, Timestamp);

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        writer.Array(6).Int(Height.Value).UInt((ulong)Round.Value).Int(PolRound.Value);
        BlockId.Write(ref writer);
        Timestamp.Write(ref writer);
        return ref writer.Bin(Signature);
    }

    public static Proposal Read(ref MessagePackReader reader)
    {
        reader.Array(6);
        Proposal proposal = new(
            new Height(reader.Int(min: 1)),
            new Round((int)reader.UInt32(int.MaxValue)),
            new Round((int)reader.Int(-1, int.MaxValue)),
            BlockId.Read(ref reader),
            Timestamp.Read(ref reader),
            reader.Signature());
        reader.EndArray();
        return proposal;
    }
}
