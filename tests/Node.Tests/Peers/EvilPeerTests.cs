using System.Linq;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Tests.Crashes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Node.Tests.Peers;

/// <summary>An admitted peer that wants the node to work for nothing.</summary>
public sealed class EvilPeerTests
{
    [Fact]
    public void Requests_for_outlines_are_answered_only_so_often_in_a_second()
    {
        using CrashHome home = new();
        using CrashNode node = Begin(home, height: 3);
        FakePeer peer = Connect(node, 1);
        BlockId id = (BlockId)node.Blocks.LoadId(new Height(1))!;
        for (int i = 0; i < 1_000; i++) node.Core.Handle(peer, new PeerMessage.OutlineWanted(new Height(1), id));
        Assert.Equal(PeerLimits.PiecesPerSecondMax, peer.Sent.Count(message => message is PeerMessage.OutlineOf));

        FakePeer other = Connect(node, 2);
        node.Core.Handle(other, new PeerMessage.OutlineWanted(new Height(1), id));
        Assert.Contains(other.Sent, message => message is PeerMessage.OutlineOf);
        home.Time.Advance(1_000);
        node.Core.Handle(peer, new PeerMessage.BodiesWanted(new Height(1), id, []));
        node.Core.Handle(peer, new PeerMessage.OutlineWanted(new Height(1), id));
        Assert.Equal(PeerLimits.PiecesPerSecondMax + 1, peer.Sent.Count(message => message is PeerMessage.OutlineOf));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("chain")]
    public void Transaction_that_no_honest_peer_passes_on_ends_the_connection(string lie)
    {
        using CrashHome home = new();
        using CrashNode node = Begin(home, height: 2);
        FakePeer peer = Connect(node, 1);
        byte[] good = Signed(home, CrashHome.ChainId, lane: 0);
        byte[] bad = Signed(home, lie == "chain" ? "other-1" : CrashHome.ChainId, lane: 1);
        if (lie == "signature") bad[^1] ^= 1;
        byte[] after = Signed(home, CrashHome.ChainId, lane: 2);

        node.Handle(peer, new PeerMessage.Transactions([good, good, bad, after]));

        Assert.Equal([PeerFault.Lie], peer.Reports);
        Assert.True(node.Pool.Contains(Sha256.Hash(good)));
        Assert.False(node.Pool.Contains(Sha256.Hash(after)), "the rest of a liar's message is not looked at");
    }

    [Fact]
    public void Budget_of_questions_is_of_each_second()
    {
        AskBudget budget = new(perSecondMax: 3);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => budget.TryTake(999)));
        Assert.True(budget.TryTake(1_000));
    }

    [Fact]
    public void Budget_of_bytes_is_overdrawn_by_one_answer_and_paid_back()
    {
        AskBudget budget = new(perSecondMax: 10);
        Assert.True(budget.TryTake(1_000, amount: 25));
        Assert.False(budget.TryTake(1_000, amount: 1));
        Assert.False(budget.TryTake(2_000, amount: 1));
        Assert.True(budget.TryTake(3_000, amount: 5));
        Assert.False(budget.TryTake(3_000, amount: 1));
        Assert.True(budget.TryTake(9_000, amount: 1));
    }

    [Fact]
    public async Task Transactions_asked_for_again_and_again_are_given_up_to_so_many_bytes_in_a_second()
    {
        using CrashHome home = new();
        using CrashNode node = Begin(home, height: 1);
        byte[] transaction = Signed(home, CrashHome.ChainId, lane: 0);
        Assert.Equal(0u, (await node.SubmitAsync(transaction)).Code);
        FakePeer peer = Connect(node, 1);
        int most = (int)PeerLimits.TransactionBytesPerSecondMax / transaction.Length;
        PeerMessage again = new PeerMessage.TransactionsWanted([.. Enumerable.Repeat(Sha256.Hash(transaction), 2_000)]);
        for (int asked = 0; asked < 2 * most; asked += 2_000) node.Handle(peer, again);
        int given = peer.Sent.OfType<PeerMessage.Transactions>().Sum(static message => message.Items.Count);
        Assert.InRange(given, most, most + 1);
    }

    private static byte[] Signed(CrashHome home, string chainId, byte lane)
    {
        ulong until = (ulong)(home.Time.NowMs / 1_000) + 60;
        TransactionBody body = new(
            chainId, home.Owner.PublicKey.Address, lane, 0, 1_000_000_000, 0, until, [new Transfer(home.Owner.PublicKey.Address, 1, default)], "");
        return SignedTransaction.Sign(body, home.Owner).Bytes;
    }

    private static CrashNode Begin(CrashHome home, long height)
    {
        CrashNode node = new(home, static (_, _) => { });
        node.Begin();
        while (node.Tip.Height.Value < height) node.Step();
        return node;
    }

    private static FakePeer Connect(CrashNode node, byte number)
    {
        FakePeer peer = new(number);
        node.Core.Connected(peer);
        return peer;
    }
}
