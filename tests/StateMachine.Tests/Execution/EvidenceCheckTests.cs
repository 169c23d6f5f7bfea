using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Tests.Execution;

public sealed class EvidenceCheckTests
{
    private static readonly Parameters Limits =
        Parameters.Devnet.With(ParameterId.EvidenceBlocksMax, 10).With(ParameterId.EvidenceSecondsMax, 60);

    [Theory]
    [InlineData(10, 60_000, false)]
    [InlineData(11, 60_000, false)]
    [InlineData(10, 60_001, false)]
    [InlineData(11, 60_001, true)]
    [InlineData(1_000_000, 1, false)]
    [InlineData(1, 1_000_000_000, false)]
    public void Evidence_expires_when_both_ages_exceed_their_limits(long blocks, long ms, bool isExpired) =>
        Assert.Equal(isExpired, EvidenceCheck.IsExpired(
            Limits, new Height(5 + blocks), TestGenesis.Time.AddMs(ms), new Height(5), TestGenesis.Time));

    [Fact]
    public void Block_with_expired_evidence_is_refused()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3) with { Parameters = Limits });
        DuplicateVoteEvidence evidence = Evidence("validator-1", 1, chain.Time.AddMs(1000));
        for (int i = 0; i < 11; i++) chain.Run(5_000);
        // Eleven blocks, 55 seconds: too many blocks, and time to spare.
        Assert.Equal(BlockFaultCode.None, Judge(chain, evidence));
        chain.Run(10_000);
        Assert.Equal(BlockFaultCode.EvidenceExpired, Judge(chain, evidence));
    }

    [Fact]
    public void Block_with_evidence_that_was_punished_is_refused()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        DuplicateVoteEvidence evidence = Evidence("validator-1", 1, chain.Time);
        Assert.Equal(BlockFaultCode.None, Judge(chain, evidence));
        chain.RunWith(evidence);
        Assert.Equal(BlockFaultCode.EvidenceRepeated, Judge(chain, evidence));
        Assert.Equal(BlockFaultCode.EvidenceRepeated, Judge(chain, Evidence("validator-1", 1, chain.Time, VoteType.Prevote)));
        Assert.Equal(BlockFaultCode.None, Judge(chain, Evidence("validator-1", 2, chain.Time)));
        Assert.Equal(BlockFaultCode.None, Judge(chain, Evidence("validator-2", 1, chain.Time)));
    }

    [Fact]
    public void Block_with_evidence_of_a_stranger_is_accepted_once()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        DuplicateVoteEvidence evidence = Evidence("nobody", 1, chain.Time);
        Assert.Equal("EvidenceIgnored", chain.RunWith(evidence).BlockEvents[0].Type);
        Assert.Equal(BlockFaultCode.EvidenceRepeated, Judge(chain, evidence));
    }

    [Fact]
    public void Block_with_two_proofs_of_one_validator_and_height_is_refused()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        DuplicateVoteEvidence one = Evidence("validator-1", 1, chain.Time);
        DuplicateVoteEvidence other = Evidence("validator-1", 1, chain.Time, VoteType.Prevote);
        Assert.Equal(BlockFaultCode.EvidenceRepeated, Judge(chain, one, other));
    }

    [Fact]
    public void Block_may_carry_as_many_pieces_of_evidence_as_the_limit_says()
    {
        TestChain chain = new(TestGenesis.Document(validators: 3));
        DuplicateVoteEvidence[] most = Pieces(chain, Primitives.Limits.EvidencePerBlockMax);
        Assert.Equal(BlockFaultCode.None, Judge(chain, most));
        Assert.Equal(BlockFaultCode.TooMuchEvidence, Judge(chain, [.. most, Evidence("one-more", 1, chain.Time)]));
    }

    [Fact]
    public void Block_may_carry_as_many_bytes_of_evidence_as_the_parameter_says()
    {
        DuplicateVoteEvidence[] Two(TestChain chain) => Pieces(chain, 2);
        ulong bytes = (ulong)Two(new TestChain(TestGenesis.Document(validators: 3))).Sum(item => item.ToProto().Length);
        foreach ((ulong most, BlockFaultCode code) in ((ulong, BlockFaultCode)[])[(bytes, BlockFaultCode.None), (bytes - 1, BlockFaultCode.TooMuchEvidence)])
        {
            Parameters parameters = Parameters.Devnet.With(ParameterId.EvidenceBytesMax, most);
            TestChain chain = new(TestGenesis.Document(validators: 3) with { Parameters = parameters });
            Assert.Equal(code, Judge(chain, Two(chain)));
        }
    }

    private static DuplicateVoteEvidence[] Pieces(TestChain chain, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Evidence($"stranger-{i}", 1, chain.Time))];

    private static BlockFaultCode Judge(TestChain chain, params DuplicateVoteEvidence[] evidence) =>
        BlockValidity.Check(chain.State, chain.Input(chain.Time.AddMs(1000)) with { Evidence = evidence }).Code;

    /// <summary>The signatures are consensus' matter.</summary>
    private static DuplicateVoteEvidence Evidence(
        string validator, long height, Timestamp blockTime, VoteType type = VoteType.Precommit)
    {
        Vote vote = new(type, new Height(height), Round.Zero, BlockId.Nil, blockTime, TestKeys.AddressOf(validator), 0, default);
        Hash256 other = Sha256.Hash([1]);
        return new DuplicateVoteEvidence(
            vote, vote with { BlockId = new BlockId(other, new PartSetHeader(1, other)) }, 30, 10, blockTime);
    }
}
