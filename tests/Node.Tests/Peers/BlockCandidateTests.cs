using System.Linq;
using Chain.Node.Mempool;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Peers;

/// <summary>A proposer that is evil names more than a block may hold, and gives it.</summary>
public sealed class BlockCandidateTests
{
    private const long BytesMax = 100_000;

    [Fact]
    public void Transactions_beyondTheSizeOfABlock_areNotKept()
    {
        using Follower follower = new(heights: 1);
        byte[][] bodies = [.. Enumerable.Range(0, 5).Select(static i => Enumerable.Repeat((byte)i, 40_000).ToArray())];
        BlockOutline outline = PeerVoice.OutlineOf(follower.Block(1).Block) with { TransactionIds = [.. bodies.Select(body => Sha256.Hash(body))] };
        BlockCandidate candidate = new(new Height(1), IdOf(parts: 2), BytesMax);
        candidate.Give(outline, new FakePeer(1));

        Assert.True(candidate.Put(0, bodies[0]));
        Assert.True(candidate.Put(1, bodies[1]));
        Assert.False(candidate.IsTooLarge);
        Assert.True(candidate.Put(2, bodies[2]));

        Assert.True(candidate.IsTooLarge);
        Assert.Null(candidate.Outline);
        Assert.Empty(candidate.MissingPlaces());
        candidate.Give(outline, new FakePeer(2));
        Assert.Null(candidate.Outline);
        Assert.True(candidate.Put(3, bodies[3]), "no peer is blamed for what came late");
    }

    [Fact]
    public void Transactions_thatFillABlockToTheByte_areKept_andAPlaceBeyondThemIsALie()
    {
        using Follower follower = new(heights: 1);
        byte[] body = new byte[BytesMax];
        BlockOutline outline = PeerVoice.OutlineOf(follower.Block(1).Block) with { TransactionIds = [Sha256.Hash(body)] };
        BlockCandidate candidate = new(new Height(1), IdOf(parts: 2), BytesMax);
        candidate.Give(outline, new FakePeer(1));

        Assert.False(candidate.Put(1, body));
        Assert.False(candidate.Put(0, [1]));
        Assert.True(candidate.Put(0, body));

        Assert.False(candidate.IsTooLarge);
        Assert.NotNull(candidate.Assemble());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(33, false)]
    [InlineData(34, true)]
    [InlineData(uint.MaxValue, true)]
    public void Name_thatSaysMoreParts_isNoBlock(uint parts, bool isTooLarge)
    {
        Assert.Equal(isTooLarge, new BlockCandidate(new Height(1), IdOf(parts), BytesMax).IsTooLarge);
    }

    [Fact]
    public void Candidate_thatIsTooLarge_asksNobody()
    {
        PeerTable peers = new();
        FakePeer peer = new(1);
        peers.Add(peer);
        BlockAssembler assembler = new(new TransactionPool(1, 1_000), peers, new(System.TimeProvider.System), static () => BytesMax);

        Assert.Null(assembler.Want(new Height(1), IdOf(1_000)));
        assembler.Tick();

        Assert.Empty(peer.Sent);
    }

    private static BlockId IdOf(uint parts) => new(Sha256.Hash([1]), new PartSetHeader(parts, Sha256.Hash([2])));
}
