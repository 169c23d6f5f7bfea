using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.Tests.Shared;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>The stored forms: whatever is written reads back, and whatever is accepted is what would be written.</summary>
public sealed class BlockCodecTests
{
    private delegate T Read<out T>(ref MessagePackReader reader);

    private delegate void Write<in T>(T value, ref MessagePackWriter writer);

    [Fact]
    public void Blocks_round_trip()
    {
        PropertyCheck.Holds(Samples.Blocks, block =>
        {
            byte[] bytes = block.Encode();
            return Block.TryDecode(bytes, out Block decoded, out _)
                && decoded.Encode().AsSpan().SequenceEqual(bytes)
                && decoded.Header == block.Header
                && decoded.ToProto().AsSpan().SequenceEqual(block.ToProto())
                && decoded.Id() == block.Id();
        });
    }

    [Fact]
    public void Votes_proposals_commits_and_evidence_round_trip()
    {
        PropertyCheck.Holds(Samples.Votes, vote => RoundTrips(vote, (v, ref w) => v.Write(ref w), Vote.Read));
        PropertyCheck.Holds(Samples.Proposals, proposal => RoundTrips(proposal, (p, ref w) => p.Write(ref w), Proposal.Read));
        PropertyCheck.Holds(Samples.Evidence, evidence => RoundTrips(evidence, (e, ref w) => e.Write(ref w), DuplicateVoteEvidence.Read));
        PropertyCheck.Holds(Samples.Headers, header => RoundTrips(header, (h, ref w) => h.Write(ref w), Header.Read));
        PropertyCheck.Holds(Samples.BlockIds, id => RoundTrips(id, (i, ref w) => i.Write(ref w), BlockId.Read));
        PropertyCheck.Holds(Samples.Times, time => RoundTrips(time, (t, ref w) => t.Write(ref w), Timestamp.Read));
        PropertyCheck.Holds(Samples.CommitSigs, sig => RoundTrips(sig, (s, ref w) => s.Write(ref w), CommitSig.Read));
    }

    [Theory]
    [InlineData("9500", DecodeCode.LengthExceedsInput)]
    [InlineData("", DecodeCode.Truncated)]
    [InlineData("c0", DecodeCode.WrongType)]
    [InlineData("950000000000", DecodeCode.Unknown)] // an earlier version, a later one
    [InlineData("950200000000", DecodeCode.Unknown)]
    public void Bytes_that_are_no_block_are_refused_with_the_reason(string hex, DecodeCode code)
    {
        Assert.False(Block.TryDecode(Convert.FromHexString(hex), out _, out DecodeError error));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void Nil_block_id_in_its_long_form_is_refused()
    {
        MessagePackWriter writer = new();
        writer.Array(3).Bin(new byte[32]).UInt(0).Bin(new byte[32]);
        MessagePackReader reader = new(writer.Written);
        BlockId.Read(ref reader);
        Assert.Equal(DecodeCode.NotShortest, reader.Error.Code);
    }

    [Theory]
    [InlineData(-62_135_596_801, 0)]
    [InlineData(253_402_300_800, 0)]
    [InlineData(0, 1_000_000_000)]
    public void Time_outside_the_calendar_is_refused(long seconds, int nanos)
    {
        MessagePackReader reader = new(new MessagePackWriter().Array(2).Int(seconds).Int(nanos).Written);
        Timestamp.Read(ref reader);
        Assert.Equal(DecodeCode.OutOfRange, reader.Error.Code);
    }

    private static bool RoundTrips<T>(T value, Write<T> write, Read<T> read)
    {
        MessagePackWriter writer = new();
        write(value, ref writer);
        MessagePackReader reader = new(writer.Written);
        T decoded = read(ref reader);
        return reader.TryFinish(out _) && Equals(decoded, value);
    }
}
