using System;
using Chain.Consensus.Votes;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Node.Peers.Messages;

/// <summary>What a node has of one round: the proposal, and whose votes as bitmaps by validator index, lowest bit first.</summary>
/// <param name="HasPolka">More than two thirds prevoted one value, as far as this node saw.</param>
public sealed record RoundSummary(
    Round Round, bool HasProposal, bool HasPolka, ReadOnlyMemory<byte> Prevotes, ReadOnlyMemory<byte> Precommits)
{
    private const int BitmapBytesMax = (Limits.ValidatorsMax + 7) / 8;

    public static RoundSummary Of(RoundMessages messages, int validators) => new(
        messages.Round,
        messages.Proposal is not null,
        messages.Prevotes.QuorumValue is not null,
        Bitmap(messages.Prevotes, validators),
        Bitmap(messages.Precommits, validators));

    /// <summary>True when the vote of the validator at this place is known there.</summary>
    public bool Has(VoteType type, int index)
    {
        ReadOnlySpan<byte> bits = (type == VoteType.Prevote ? Prevotes : Precommits).Span;
        return index / 8 < bits.Length && (bits[index / 8] & (1 << (index % 8))) != 0;
    }

    public void Write(ref MessagePackWriter writer) => writer
        .Array(5).UInt((ulong)Round.Value).Bool(HasProposal).Bool(HasPolka).Bin(Prevotes.Span).Bin(Precommits.Span);

    public static RoundSummary Read(ref MessagePackReader reader)
    {
        reader.Array(5);
        RoundSummary summary = new(
            new Round((int)reader.UInt32(int.MaxValue)),
            reader.Bool(),
            reader.Bool(),
            reader.Bin(BitmapBytesMax).ToArray(),
            reader.Bin(BitmapBytesMax).ToArray());
        reader.EndArray();
        return summary;
    }

    private static byte[] Bitmap(VoteTally tally, int validators)
    {
        byte[] bits = new byte[(validators + 7) / 8];
        for (int i = 0; i < validators; i++)
        {
            if (tally.Of(i) is not null) bits[i / 8] |= (byte)(1 << (i % 8));
        }
        return bits;
    }
}
