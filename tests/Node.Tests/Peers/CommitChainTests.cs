using System.Collections.Generic;
using System.Linq;
using Chain.Node.Peers;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Peers;

/// <summary>A run of blocks is proven by its last commit and by the links before it; each link is broken alone.</summary>
public sealed class CommitChainTests
{
    private static readonly Hash256 Other = Sha256.Hash([99]);

    [Fact]
    public void Run_that_holds_is_taken_whole_by_one_commit()
    {
        using Follower follower = new(heights: 3);
        List<FetchedBlock> run = RunOf(follower);
        run[0] = run[0] with { Commit = Forged(run[0].Commit) };

        List<FetchedBlock> proven = Verify(follower, run, out FetchedBlock? lie);

        Assert.Equal(3, proven.Count);
        Assert.Null(lie);
        // The commit that the next block carries takes the place of what the peer sent.
        Assert.Equal(run[1].Block.LastCommit.Hash(), proven[0].Commit.Hash());
    }

    [Fact]
    public void Block_to_which_the_next_does_not_link_is_not_taken()
    {
        using Follower follower = new(heights: 3);
        List<FetchedBlock> run = RunOf(follower);
        Block middle = run[1].Block;
        run[1] = Fetched(middle with { Header = middle.Header with { AppHash = Other } }, run[1].Commit);

        Assert.Equal([run[0].Id], Verify(follower, run, out _).Select(static block => block.Id));
    }

    [Fact]
    public void Commit_that_a_header_does_not_cover_is_not_taken()
    {
        using Follower follower = new(heights: 3);
        List<FetchedBlock> run = RunOf(follower);
        run[1] = run[1] with { Block = run[1].Block with { LastCommit = Forged(run[1].Block.LastCommit) } };

        List<FetchedBlock> proven = Verify(follower, run, out _);

        Assert.Equal([run[0].Id], proven.Select(static block => block.Id));
        Assert.Equal(run[0].Commit.Hash(), proven[0].Commit.Hash());
    }

    [Fact]
    public void Run_ends_where_a_block_names_another_set()
    {
        using Follower follower = new(heights: 3);
        List<FetchedBlock> run = RunOf(follower);
        Block last = run[2].Block;
        Block changed = last with { Header = last.Header with { ValidatorsHash = Other } };
        // Signed by the set that is known, which does not decide this block.
        Commit signed = Follower.SignAgain(run[2].Commit with { BlockId = changed.Id() });
        run[2] = Fetched(changed, signed);

        Assert.Equal([run[0].Id, run[1].Id], Verify(follower, run, out _).Select(static block => block.Id));
    }

    [Fact]
    public void Block_without_a_good_commit_is_a_lie()
    {
        using Follower follower = new(heights: 1);
        List<FetchedBlock> run = RunOf(follower);
        run[0] = run[0] with { Commit = Forged(run[0].Commit) };

        Assert.Empty(Verify(follower, run, out FetchedBlock? lie));
        Assert.Same(run[0], lie);
    }

    private static List<FetchedBlock> Verify(Follower follower, List<FetchedBlock> run, out FetchedBlock? lie) =>
        new CommitChain(CrashHome.ChainId, Ed25519Verifier.Instance).Verify(follower.Node.Tip, run, out lie);

    private static List<FetchedBlock> RunOf(Follower follower) => follower.Chain.ConvertAll(static stored => Fetched(stored.Block, stored.SeenCommit));

    private static FetchedBlock Fetched(Block block, Commit commit) => new(block, block.Id(), commit, new FakePeer(1), block.Encode().Length);

    private static Commit Forged(Commit commit) =>
        commit with { Signatures = [commit.Signatures[0] with { Timestamp = commit.Signatures[0].Timestamp.AddMs(1) }] };
}
