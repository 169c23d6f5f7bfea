using Chain.Consensus.Votes;

namespace Chain.Consensus.Tests.Votes;

/// <summary>The two thresholds at, just below and just above the fractions that they name.</summary>
public sealed class QuorumTests
{
    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(1, 3, false)]
    [InlineData(2, 3, true)]
    [InlineData(33, 100, false)]
    [InlineData(34, 100, true)]
    [InlineData(3_000_000_000_000_000_000, 9_000_000_000_000_000_000, false)]
    [InlineData(3_000_000_000_000_000_001, 9_000_000_000_000_000_000, true)]
    public void More_than_a_third_holds_a_correct_validator_and_exactly_a_third_does_not(long power, long total, bool expected) =>
        Assert.Equal(expected, Quorum.HasCorrect(power, total));

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(2, 3, false)]
    [InlineData(3, 3, true)]
    [InlineData(66, 100, false)]
    [InlineData(67, 100, true)]
    [InlineData(6_000_000_000_000_000_000, 9_000_000_000_000_000_000, false)]
    [InlineData(6_000_000_000_000_000_001, 9_000_000_000_000_000_000, true)]
    public void More_than_two_thirds_are_a_quorum_and_exactly_two_thirds_are_not(long power, long total, bool expected) =>
        Assert.Equal(expected, Quorum.IsReached(power, total));
}
