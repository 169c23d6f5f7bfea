using System.Linq;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Light;

public sealed class CommitVerifierTests
{
    private static readonly BlockId A = TestSet.Block('a');
    private static readonly BlockId B = TestSet.Block('b');
    private static readonly Height Seven = new(7);
    private static readonly TestSet Set = TestSet.Equal(4);

    [Theory]
    [InlineData("cccc", CommitVerdict.Valid)]
    [InlineData("cccn", CommitVerdict.Valid)]
    [InlineData("ccca", CommitVerdict.Valid)]
    [InlineData("ccnn", CommitVerdict.NotEnoughPower)]
    [InlineData("ccaa", CommitVerdict.NotEnoughPower)]
    [InlineData("nnnn", CommitVerdict.NotEnoughPower)]
    [InlineData("aaaa", CommitVerdict.NotEnoughPower)]
    public void Commit_needs_more_than_two_thirds_for_the_block(string flags, CommitVerdict expected)
    {
        Commit commit = CommitOf(Set, flags);
        Assert.Equal(expected, Full(commit));
        Assert.Equal(expected, Light(commit));
    }

    [Fact]
    public void Commit_counts_power_and_not_heads()
    {
        TestSet uneven = new(10, 1, 1, 1, 1);
        Assert.Equal(CommitVerdict.Valid, CommitVerifier.Verify(
            TestSet.ChainId, uneven.Validators, A, Seven, CommitOf(uneven, "caaaa")));
        Assert.Equal(CommitVerdict.NotEnoughPower, CommitVerifier.Verify(
            TestSet.ChainId, uneven.Validators, A, Seven, CommitOf(uneven, "acccc")));
    }

    [Fact]
    public void Commit_for_another_block_height_chain_or_set_is_refused()
    {
        Commit commit = CommitOf(Set, "cccc");
        Assert.Equal(CommitVerdict.WrongBlock, CommitVerifier.Verify(TestSet.ChainId, Set.Validators, B, Seven, commit));
        Assert.Equal(CommitVerdict.WrongHeight, CommitVerifier.Verify(TestSet.ChainId, Set.Validators, A, new Height(8), commit));
        Assert.Equal(CommitVerdict.WrongSignature, CommitVerifier.Verify("test-2", Set.Validators, A, Seven, commit));
        Assert.Equal(CommitVerdict.WrongSize, CommitVerifier.Verify(TestSet.ChainId, TestSet.Equal(5).Validators, A, Seven, commit));
        Assert.Equal(CommitVerdict.WrongSignature, Full(commit with { Round = new Round(4) }));
        Assert.Equal(CommitVerdict.WrongHeight, Full(commit with { Round = Round.None }));
        Assert.Equal(CommitVerdict.WrongBlock, CommitVerifier.Verify(
            TestSet.ChainId, Set.Validators, BlockId.Nil, Seven, commit with { BlockId = BlockId.Nil }));
    }

    [Fact]
    public void Commit_entry_must_name_the_validator_at_its_place()
    {
        Commit commit = CommitOf(Set, "cccc");
        Commit renamed = With(commit, 1, commit.Signatures[1] with { ValidatorAddress = Set.AddressOf(2) });
        Assert.Equal(CommitVerdict.WrongAddress, Full(renamed));
        Assert.Equal(CommitVerdict.WrongAddress, Light(renamed));
        Assert.Equal(CommitVerdict.WrongAddress, Full(With(commit, 1, commit.Signatures[0])));
    }

    [Fact]
    public void Full_check_looks_at_every_signature_and_the_light_one_stops_at_two_thirds()
    {
        Commit commit = CommitOf(Set, "cccc");
        Commit bad = With(commit, 3, commit.Signatures[3] with { Signature = commit.Signatures[0].Signature });
        Assert.Equal(CommitVerdict.WrongSignature, Full(bad));
        Assert.Equal(CommitVerdict.Valid, Light(bad));

        Commit withNil = CommitOf(Set, "nccc");
        Commit badNil = With(withNil, 0, withNil.Signatures[0] with { Timestamp = TestSet.TimeOf('c') });
        Assert.Equal(CommitVerdict.WrongSignature, Full(badNil));
        Assert.Equal(CommitVerdict.Valid, Light(badNil));
    }

    [Fact]
    public void Flag_cannot_turn_a_vote_for_nil_into_one_for_the_block()
    {
        Commit commit = CommitOf(Set, "ccnn");
        Assert.Equal(CommitVerdict.WrongSignature, Full(With(commit, 2, commit.Signatures[2] with { Flag = BlockIdFlag.Commit })));
    }

    [Fact]
    public void Absent_entry_with_data_and_an_unknown_flag_are_malformed()
    {
        Commit commit = CommitOf(Set, "ccca");
        Assert.Equal(CommitVerdict.MalformedEntry, Full(With(commit, 3, CommitSig.Absent with { Timestamp = TestSet.Genesis })));
        Assert.Equal(CommitVerdict.MalformedEntry, Full(With(commit, 3, commit.Signatures[0] with { Flag = (BlockIdFlag)9 })));
    }

    private static CommitVerdict Full(Commit commit) =>
        CommitVerifier.Verify(TestSet.ChainId, Set.Validators, A, Seven, commit);

    private static CommitVerdict Light(Commit commit) =>
        CommitVerifier.VerifyLight(TestSet.ChainId, Set.Validators, A, Seven, commit);

    private static Commit With(Commit commit, int index, CommitSig sig) =>
        commit with { Signatures = commit.Signatures.Select((old, i) => i == index ? sig : old).ToArray() };

    /// <summary>Really signed entries: c for the block, n for nil, a absent.</summary>
    private static Commit CommitOf(TestSet set, string flags)
    {
        CommitSig[] signatures = flags.Select((flag, index) => flag switch
        {
            'c' => Entry(BlockIdFlag.Commit, set.Sign(set.Precommit(index, 3, A, height: 7))),
            'n' => Entry(BlockIdFlag.Nil, set.Sign(set.Precommit(index, 3, BlockId.Nil, height: 7))),
            _ => CommitSig.Absent,
        }).ToArray();
        return new Commit(Seven, new Round(3), A, signatures);
    }

    private static CommitSig Entry(BlockIdFlag flag, Vote vote) =>
        new(flag, vote.ValidatorAddress, vote.Timestamp, vote.Signature);
}
