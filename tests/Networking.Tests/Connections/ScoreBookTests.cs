using System;
using Chain.Networking.Connections;
using Chain.Primitives.Bytes;

namespace Chain.Networking.Tests.Connections;

public sealed class ScoreBookTests
{
    private static readonly Address Peer = Address.From(new byte[Address.Size]);

    private readonly ManualTime _time = new();
    private readonly ScoreBook _book;

    public ScoreBookTests() => _book = new ScoreBook(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _time);

    [Theory]
    [InlineData(PeerFault.Malformed)]
    [InlineData(PeerFault.Lie)]
    public void Lie_once_bans(PeerFault fault)
    {
        Assert.True(_book.Report(Peer, fault));
        Assert.Equal(TimeSpan.FromSeconds(10), _book.BanLeft(Peer));
        _time.Advance(10);
        Assert.Equal(TimeSpan.Zero, _book.BanLeft(Peer));
    }

    [Fact]
    public void TooFast_thirdTime_bans()
    {
        Assert.False(_book.Report(Peer, PeerFault.TooFast));
        Assert.False(_book.Report(Peer, PeerFault.TooFast));
        Assert.Equal(32, _book.ScoreOf(Peer));
        Assert.True(_book.Report(Peer, PeerFault.TooFast));
    }

    [Fact]
    public void Points_fadeWithTime()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Assert.False(_book.Report(Peer, PeerFault.Useless));
            _time.Advance(10);
        }
        Assert.Equal(100, _book.ScoreOf(Peer));
    }

    [Fact]
    public void Points_askedForOften_fadeAllTheSame()
    {
        _book.Report(Peer, PeerFault.TooFast);
        for (int i = 0; i < 400; i++)
        {
            _time.Advance(0.1);
            _book.ScoreOf(Peer);
        }
        Assert.Equal(100, _book.ScoreOf(Peer));
    }

    [Fact]
    public void Bans_repeated_growToTheBoundAndAreForgiven()
    {
        double longest = 0;
        for (int i = 0; i < 30; i++)
        {
            _book.Report(Peer, PeerFault.Lie);
            double seconds = _book.BanLeft(Peer).TotalSeconds;
            Assert.True(seconds >= longest, $"ban {i}: {seconds} s after {longest} s");
            longest = seconds;
            _time.Advance(seconds);
        }
        Assert.Equal(300, longest);

        // Ten quiet minutes for each ban.
        _time.Advance(TimeSpan.FromMinutes(10 * 31));
        _book.Report(Peer, PeerFault.Lie);
        Assert.Equal(TimeSpan.FromSeconds(10), _book.BanLeft(Peer));
    }

    [Fact]
    public void Book_ofManyKeys_staysBounded()
    {
        byte[] bytes = new byte[Address.Size];
        for (int i = 0; i < 3 * NetworkLimits.ScoredKeysMax; i++)
        {
            BitConverter.TryWriteBytes(bytes, i);
            _time.Advance(1);
            _book.Report(Address.From(bytes), PeerFault.Lie);
        }
        Assert.Equal(NetworkLimits.ScoredKeysMax, _book.Count);
        Assert.True(_book.BanLeft(Address.From(bytes)) > TimeSpan.Zero);
    }
}
