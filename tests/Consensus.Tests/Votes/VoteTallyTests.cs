using System;
using System.Linq;
using Chain.Consensus.Votes;
using Chain.Primitives;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Votes;

public sealed class VoteTallyTests
{
    private static readonly BlockId A = TestSet.Block('a');
    private static readonly BlockId B = TestSet.Block('b');

    [Fact]
    public void Counting_two_hundred_votes_allocates_nothing()
    {
        TestSet set = TestSet.Equal(Limits.ValidatorsMax);
        Vote[] votes = Enumerable.Range(0, Limits.ValidatorsMax).Select(i => set.Prevote(i, 0, i % 3 == 0 ? BlockId.Nil : A)).ToArray();
        Count(set, votes);
        VoteTally tally = new(set.Validators);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Vote vote in votes) tally.Add(vote, isWanted: false, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Limits.ValidatorsMax, tally.Count);
    }

    [Theory]
    [InlineData(new long[] { 1, 1, 1 }, 2, false)]
    [InlineData(new long[] { 1, 1, 1 }, 3, true)]
    [InlineData(new long[] { 1, 1, 1, 1 }, 2, false)]
    [InlineData(new long[] { 1, 1, 1, 1 }, 3, true)]
    [InlineData(new long[] { 5, 2, 2 }, 1, false)]
    [InlineData(new long[] { 5, 2, 2 }, 2, true)]
    [InlineData(new long[] { Limits.TotalVotingPowerMax }, 1, true)]
    public void Quorum_is_strictly_more_than_two_thirds_of_the_power(long[] powers, int voters, bool isReached)
    {
        TestSet set = new(powers);
        VoteTally tally = Count(set, Enumerable.Range(0, voters).Select(i => set.Prevote(i, 0, A)).ToArray());
        Assert.Equal(isReached, tally.HasQuorumFor(A));
        Assert.Equal(isReached, tally.HasQuorumOfAny);
        Assert.Equal(isReached ? A : null, tally.QuorumValue);
    }

    [Fact]
    public void Quorum_of_any_counts_each_validator_once_and_of_a_value_whoever_voted_for_it()
    {
        TestSet set = TestSet.Equal(4);
        VoteTally tally = Count(set, set.Prevote(0, 0, A), set.Prevote(1, 0, A), set.Prevote(0, 0, B));
        Assert.Equal((2L, 2L, 1L), (tally.Power, tally.PowerFor(A), tally.PowerFor(B)));
        Assert.False(tally.HasQuorumOfAny);
        Assert.NotNull(tally.Find(0, B));
        Assert.Null(tally.Find(1, B));
    }

    [Fact]
    public void Third_vote_of_a_validator_counts_only_when_its_block_is_wanted()
    {
        TestSet set = TestSet.Equal(4);
        BlockId c = TestSet.Block('c');
        VoteTally tally = Count(set, set.Prevote(0, 0, A), set.Prevote(0, 0, B));
        Assert.Equal(VoteOutcome.Dropped, tally.Add(set.Prevote(0, 0, c), isWanted: false, out _));
        Assert.Equal(VoteOutcome.AddedConflicting, tally.Add(set.Prevote(0, 0, c), isWanted: true, out _));
        Assert.Equal(VoteOutcome.Duplicate, tally.Add(set.Prevote(0, 0, c), isWanted: true, out _));
        Assert.Equal(1, tally.PowerFor(c));
    }

    [Fact]
    public void Forgetting_a_validator_takes_all_its_votes_back()
    {
        TestSet set = TestSet.Equal(4);
        VoteTally tally = Count(set, set.Prevote(0, 0, A), set.Prevote(1, 0, A), set.Prevote(0, 0, B));
        tally.Forget(0);
        tally.Forget(3);
        Assert.Equal((1L, 1L, 0L, 1), (tally.Power, tally.PowerFor(A), tally.PowerFor(B), tally.Count));
        Assert.Null(tally.Of(0));
        Assert.Equal(VoteOutcome.Added, tally.Add(set.Prevote(0, 0, B), isWanted: false, out _));
        Assert.Equal((2L, 1L), (tally.Power, tally.PowerFor(B)));
    }

    [Fact]
    public void Same_block_with_another_timestamp_is_a_duplicate_and_no_conflict()
    {
        TestSet set = TestSet.Equal(4);
        Vote vote = set.Prevote(0, 0, A);
        VoteTally tally = Count(set, vote);
        Assert.Equal(VoteOutcome.Duplicate, tally.Add(vote with { Timestamp = vote.Timestamp.AddMs(9) }, false, out _));
        Assert.Equal(vote.Timestamp, tally.Of(0)!.Timestamp);
    }

    private static VoteTally Count(TestSet set, params Vote[] votes)
    {
        VoteTally tally = new(set.Validators);
        foreach (Vote vote in votes) tally.Add(vote, isWanted: false, out _);
        return tally;
    }
}
