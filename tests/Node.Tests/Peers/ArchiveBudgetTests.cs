using System.Linq;
using Chain.Node.Peers;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Peers;

/// <summary>How peers share what this node gives of the past.</summary>
public sealed class ArchiveBudgetTests
{
    private const int AnswerBytes = 1024 * 1024;

    private readonly ArchiveBudget _budget = new();

    /// <summary>Far from 0, as a wall clock is.</summary>
    private long _nowMs = 1_800_000_000_000;

    [Fact]
    public void Peer_that_asks_alone_gets_all_there_is()
    {
        long[] bytes = Run(seconds: 10, Peer(1));
        AssertNear(10 * PeerLimits.ArchiveBytesPerSecond, bytes[0]);
    }

    [Fact]
    public void Peers_that_ask_at_once_get_equal_shares()
    {
        long[] bytes = Run(seconds: 10, Peer(1), Peer(2), Peer(3), Peer(4));
        Assert.All(bytes, each => AssertNear(10 * PeerLimits.ArchiveBytesPerSecond / 4, each));
    }

    [Fact]
    public void Share_of_those_who_ask_no_more_goes_to_the_others()
    {
        _ = Run(seconds: 5, Peer(1), Peer(2));
        _ = Run(seconds: 2, Peer(1));
        long[] bytes = Run(seconds: 5, Peer(1));
        AssertNear(5 * PeerLimits.ArchiveBytesPerSecond, bytes[0]);
        Assert.Equal(1, _budget.Count);
    }

    [Fact]
    public void Question_that_finds_nothing_has_its_price()
    {
        Address peer = Peer(1);
        int answers = 0;
        for (; _budget.MayAnswer(peer, _nowMs); answers++) _budget.Take(peer, 0);
        Assert.Equal(PeerLimits.ArchiveBurstBytes / PeerLimits.ArchiveAnswerCost, answers);
    }

    [Fact]
    public void Debt_stays_with_the_key_until_it_is_paid()
    {
        Address[] peers = [.. Enumerable.Range(1, 100).Select(static i => Peer((byte)i))];
        foreach (Address peer in peers)
        {
            Assert.True(_budget.MayAnswer(peer, _nowMs));
            _budget.Take(peer, 5 * AnswerBytes);
            _budget.Take(peer, 5 * AnswerBytes);
        }
        _nowMs += PeerLimits.TickMs;
        Assert.All(peers, peer => Assert.False(_budget.MayAnswer(peer, _nowMs)));
        _nowMs += 60_000;
        Assert.True(_budget.MayAnswer(peers[0], _nowMs));
        _nowMs -= 120_000;
        Assert.True(_budget.MayAnswer(peers[1], _nowMs), "a clock that was set back stops nobody");
    }

    /// <summary>Each takes as much as it may, looking every few milliseconds.</summary>
    private long[] Run(int seconds, params Address[] peers)
    {
        long[] bytes = new long[peers.Length];
        for (long endMs = _nowMs + (seconds * 1_000); _nowMs < endMs; _nowMs += PeerLimits.RoomWaitMs)
        {
            for (int i = 0; i < peers.Length; i++)
            {
                while (_budget.MayAnswer(peers[i], _nowMs))
                {
                    _budget.Take(peers[i], AnswerBytes);
                    bytes[i] += AnswerBytes;
                }
            }
        }
        return bytes;
    }

    private static void AssertNear(long expected, long bytes) =>
        Assert.InRange(bytes, expected * 95 / 100, (expected * 105 / 100) + PeerLimits.ArchiveBurstBytes);

    private static Address Peer(byte number) => Address.From(Sha256.Hash([number]).Span[..Address.Size]);
}
