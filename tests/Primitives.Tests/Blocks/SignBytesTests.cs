using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>The six cases of CometBFT's TestVoteSignBytesTestVectors, and the layout of the rest by hand.</summary>
public sealed class SignBytesTests
{
    private const string GoZero = "0b088092b8c398feffffff01";
    private const string One = "0100000000000000";
    private const string ChainIdField = "320d746573745f636861696e5f6964";

    [Theory]
    [InlineData(0, 0, 0, "", "0d2a" + GoZero)]
    [InlineData(2, 1, 1, "", "210802" + "11" + One + "19" + One + "2a" + GoZero)]
    [InlineData(1, 1, 1, "", "210801" + "11" + One + "19" + One + "2a" + GoZero)]
    [InlineData(0, 1, 1, "", "1f" + "11" + One + "19" + One + "2a" + GoZero)]
    [InlineData(0, 1, 1, "test_chain_id", "2e" + "11" + One + "19" + One + "2a" + GoZero + ChainIdField)]
    public void Vote_without_a_block_has_the_bytes_of_cometbft(int type, long height, int round, string chainId, string hex)
    {
        byte[] bytes = SignBytes.Vote(
            chainId, (VoteType)type, new Height(height), new Round(round), BlockId.Nil, Timestamp.GoZero);
        Assert.Equal(hex, Hex.Lower(bytes));
    }

    /// <summary>The sixth case differs from the fifth by a vote extension, which the sign bytes do not cover; we have none.</summary>
    [Fact]
    public void Vote_for_a_block_names_it_and_a_long_message_has_a_two_byte_prefix()
    {
        BlockId id = Samples.ExampleBlockId;
        string chainId = new('c', Limits.ChainIdBytesMax);
        byte[] bytes = SignBytes.Vote(
            chainId, VoteType.Precommit, new Height(12345), Round.Zero, id, new Timestamp(1_514_170_801, 234_000_000));
        string expected = "9801" // 152 bytes follow
            + "0802" // precommit
            + "113930000000000000" // height; round 0 is omitted
            + "224a" + "0a20" + Hex.Lower(id.Hash.Span) + "1226" + "08c0843d" + "1220" + Hex.Lower(id.Parts.Hash.Span)
            + "2a0b" + "08b1d381d205" + "10809dca6f"
            + "3232" + string.Concat(Enumerable.Repeat("63", Limits.ChainIdBytesMax));
        Assert.Equal(expected, Hex.Lower(bytes));
    }

    [Fact]
    public void Proposal_has_a_ten_byte_pol_round_when_it_has_none()
    {
        BlockId id = Samples.ExampleBlockId;
        byte[] bytes = SignBytes.Proposal("c-1", new Height(1), new Round(2), Round.None, id, new Timestamp(1, 0));
        string expected = "0820" + "11" + One + "190200000000000000" + "20ffffffffffffffffff01"
            + "2a4a" + "0a20" + Hex.Lower(id.Hash.Span) + "1226" + "08c0843d" + "1220" + Hex.Lower(id.Parts.Hash.Span)
            + "32020801" + "3a03632d31";
        Assert.Equal(Hex.Lower([(byte)(expected.Length / 2)]) + expected, Hex.Lower(bytes));
    }

    [Fact]
    public void Vote_and_proposal_never_have_the_same_bytes()
    {
        byte[] vote = SignBytes.Vote("", VoteType.Proposal, new Height(1), new Round(1), BlockId.Nil, Timestamp.GoZero);
        byte[] proposal = SignBytes.Proposal("", new Height(1), new Round(1), Round.Zero, BlockId.Nil, Timestamp.GoZero);
        Assert.NotEqual(vote, proposal);
    }
}
