using System;
using System.Net;
using Chain.Networking.Connections;
using Chain.Networking.Wire;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Networking.Tests.Connections;

/// <summary>The rule for duplicates, which both ends apply without asking each other.</summary>
public sealed class PeerTableTests
{
    private static readonly TimeSpan RaceTime = TimeSpan.FromSeconds(6);

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Race_inAnyOrderAtEitherEnd_sameConnectionStays(bool lowerFirst)
    {
        foreach (int own in new[] { 1, 2 })
        {
            int peer = 3 - own;
            PeerTable table = Table(own);
            // Number 1 has the lower id: what it dialled is outbound for itself and inbound for number 2.
            PeerConnection byLower = Connection(peer, own == 1 ? PeerDirection.Outbound : PeerDirection.Inbound);
            PeerConnection byHigher = Connection(peer, own == 2 ? PeerDirection.Outbound : PeerDirection.Inbound);

            table.TryJoin(lowerFirst ? byLower : byHigher, out _);
            EndReason second = table.TryJoin(lowerFirst ? byHigher : byLower, out PeerConnection? replaced);

            Assert.Same(byLower, table.Find(IdOf(peer)));
            Assert.Equal(lowerFirst ? EndReason.Duplicate : EndReason.None, second);
            Assert.Equal(lowerFirst ? null : byHigher, replaced);
        }
    }

    [Fact]
    public void HigherPeer_dialsAfterTheRaceTime_replacesWhatItKnowsToBeDead()
    {
        PeerTable table = Table(1);
        table.TryJoin(Connection(2, PeerDirection.Outbound), out _);
        _time.Advance(RaceTime + TimeSpan.FromTicks(1));
        PeerConnection fresh = Connection(2, PeerDirection.Inbound);

        Assert.Equal(EndReason.None, table.TryJoin(fresh, out PeerConnection? replaced));
        Assert.NotNull(replaced);
        Assert.Same(fresh, table.Find(IdOf(2)));
    }

    [Fact]
    public void HigherPeer_withAnotherInstance_replacesAtOnce()
    {
        PeerTable table = Table(1);
        table.TryJoin(Connection(2, PeerDirection.Outbound, instance: 1), out _);

        Assert.Equal(EndReason.None, table.TryJoin(Connection(2, PeerDirection.Inbound, instance: 2), out _));
    }

    [Fact]
    public void Connection_thatIsEnding_isReplacedByAnyOther()
    {
        PeerTable table = Table(1);
        PeerConnection ending = Connection(2, PeerDirection.Outbound);
        table.TryJoin(ending, out _);
        ending.End(EndReason.Lost, "", tellsPeer: false);
        PeerConnection fresh = Connection(2, PeerDirection.Inbound);

        Assert.Equal(EndReason.None, table.TryJoin(fresh, out PeerConnection? replaced));
        Assert.Same(ending, replaced);

        // The old one leaves late and takes nobody with it.
        table.Leave(ending);
        Assert.Same(fresh, table.Find(IdOf(2)));
    }

    [Fact]
    public void Table_full_refusesOthersButNotAReturningPeer()
    {
        PeerTable table = new(IdOf(1), 1, guestsMax: 1, static _ => true, RaceTime, _time);
        table.TryJoin(Connection(2, PeerDirection.Inbound), out _);

        Assert.Equal(EndReason.TooManyPeers, table.TryJoin(Connection(3, PeerDirection.Inbound), out _));
        Assert.Equal(EndReason.None, table.TryJoin(Connection(2, PeerDirection.Inbound), out _));
    }

    [Fact]
    public void Guests_areRefusedWhileValidatorsStillFindAPlace()
    {
        PeerTable table = Table(1);
        for (int guest = 101; guest < 103; guest++)
        {
            Assert.Equal(EndReason.None, table.TryJoin(Connection(guest, PeerDirection.Inbound), out _));
        }

        Assert.Equal(EndReason.TooManyPeers, table.Judge(IdOf(103), PeerDirection.Inbound, instance: 1));
        Assert.Equal(EndReason.TooManyPeers, table.TryJoin(Connection(103, PeerDirection.Inbound), out _));
        Assert.Equal(EndReason.None, table.TryJoin(Connection(101, PeerDirection.Inbound), out _));
        Assert.Equal(EndReason.None, table.TryJoin(Connection(2, PeerDirection.Inbound), out _));
    }

    [Fact]
    public void Table_stopping_refusesAll()
    {
        PeerTable table = Table(1);
        table.Stop();

        Assert.Equal(EndReason.Stopping, table.TryJoin(Connection(2, PeerDirection.Inbound), out _));
    }

    private PeerTable Table(int own) => new(IdOf(own), 10, guestsMax: 2, id => id != IdOf(101) && id != IdOf(102) && id != IdOf(103), RaceTime, _time);

    private PeerConnection Connection(int peer, PeerDirection direction, ulong instance = 1)
    {
        using PrivateKey key = TestNode.Key(0);
        NetworkContext network = new(
            TestNode.Options(0),
            key.PublicKey.Address,
            new TestAdmission(),
            new TestHandler(),
            null!,
            new ScoreBook(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), _time),
            Table(1),
            new CounterSet(),
            _time,
            NullLogger.Instance);
        Hello hello = RawPeer.Hello(instance);
        return new PeerConnection(new Session(null!, null!, null!, IdOf(peer), hello, direction, new IPEndPoint(0, 0)), network);
    }

    private static Address IdOf(int number)
    {
        byte[] bytes = new byte[Address.Size];
        bytes[0] = (byte)number;
        return Address.From(bytes);
    }
}
