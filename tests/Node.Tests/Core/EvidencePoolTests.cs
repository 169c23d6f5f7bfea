using Chain.Consensus.Core;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Core;

public sealed class EvidencePoolTests
{
    private static readonly Timestamp BlockTime = new(1_800_000_000, 5);

    [Fact]
    public void Date_votesOfRunningHeight_becomeEvidenceWithItsBlockTime()
    {
        EvidencePool pool = new();
        pool.Hold(Conflict(height: 7));
        Assert.Empty(pool.Pending());

        pool.Date(new Height(6), new Timestamp(1, 0));
        Assert.Empty(pool.Pending());
        pool.Date(new Height(7), BlockTime);

        Assert.Equal(BlockTime, Assert.Single(pool.Pending()).Timestamp);
    }

    [Fact]
    public void Remove_decidedEvidence_isProposedNoMore()
    {
        EvidencePool pool = new();
        pool.Add(Conflict(height: 7).ToEvidence(BlockTime));
        pool.Add(Conflict(height: 7).ToEvidence(BlockTime));
        Assert.Single(pool.Pending());

        pool.Remove(pool.Pending());

        Assert.Empty(pool.Pending());
    }

    private static ConflictingVotes Conflict(long height) =>
        ConflictingVotes.Of(VoteFor(height, 1), VoteFor(height, 2), totalPower: 10, validatorPower: 3);

    private static Vote VoteFor(long height, byte block) => new(
        VoteType.Prevote,
        new Height(height),
        Round.Zero,
        new BlockId(Sha256.Hash([block]), new PartSetHeader(1, Sha256.Hash([block, 1]))),
        BlockTime,
        Address.From(new byte[Address.Size]),
        0,
        default);
}
