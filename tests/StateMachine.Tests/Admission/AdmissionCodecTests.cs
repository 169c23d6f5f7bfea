using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Tests.Admission;

public sealed class AdmissionCodecTests
{
    private delegate bool Decoder<T>(ReadOnlySpan<byte> bytes, out T value, out DecodeError error);

    private readonly AdmissionWorld _world = new();

    [Fact]
    public void Messages_read_to_what_was_written()
    {
        Assert.True(IsReadable(_world.Access("alice", "peer")));
        Assert.True(IsReadable(_world.Access("alice", "peer", AccessAction.Leave)));
        Assert.True(IsReadable(_world.Ask("alice")));
        Assert.True(IsReadable(RequestSeat.Leave));
        Assert.True(IsReadable(_world.Rotate("alice", "a", "b")));
        Assert.True(IsReadable(_world.Rotate("alice", "a", "b", isNode: true)));
        Assert.True(IsReadable(AdmissionWorld.GrantSeat("alice")));
        Assert.True(IsReadable(AdmissionWorld.RevokeSeat("alice")));
        Assert.True(IsReadable(Admit.GrantAccess(TestKeys.PublicOf("n"), new MarketTime(5))));
        Assert.True(IsReadable(Admit.RevokeAccess(TestKeys.PublicOf("n"))));
        Assert.True(IsReadable(Admit.GrantAccreditation(TestKeys.AddressOf("a"), 2, MarketTime.Never)));
        Assert.True(IsReadable(Admit.RevokeAccreditation(TestKeys.AddressOf("a"), 17)));
    }

    [Fact]
    public void Message_with_a_field_too_many_or_too_few_is_refused()
    {
        RequestSeat ask = _world.Ask("alice");
        Assert.False(IsReadable(_world.Access("alice", "peer") with { Action = (AccessAction)3 }));
        Assert.False(IsReadable(ask with { Action = (SeatAction)5 }));
        Assert.False(IsReadable(ask with { Action = SeatAction.Leave }));
        Assert.False(IsReadable(ask with { NodeKey = default }));
        Assert.False(IsReadable(ask with { NodeKey = ask.ConsensusKey }));
        Assert.False(IsReadable(ask with { FormerProof = ask.NodeProof }));
        Assert.False(IsReadable(_world.Rotate("alice", "a", "b") with { FormerProof = default }));

        Admit seat = AdmissionWorld.GrantSeat("alice");
        Assert.False(IsReadable(seat with { Subject = (AdmitSubject)4 }));
        Assert.False(IsReadable(seat with { Expires = default }));
        Assert.False(IsReadable(seat with { Scope = 1 }));
        Assert.False(IsReadable(seat with { NodeKey = TestKeys.PublicOf("n") }));
        Assert.False(IsReadable(AdmissionWorld.RevokeSeat("alice") with { Expires = new MarketTime(1) }));
        Assert.False(IsReadable(Admit.GrantAccess(default, new MarketTime(5))));
        Assert.False(IsReadable(Admit.RevokeAccreditation(TestKeys.AddressOf("a"), 0)));
        Assert.False(IsReadable(Admit.RevokeAccreditation(TestKeys.AddressOf("a"), 15)));
    }

    [Fact]
    public void Records_round_trip_and_mutated_ones_are_refused()
    {
        MarketTime time = new(77);
        RoundTrips<Seat>(new Seat(TestKeys.PublicOf("a"), TestKeys.AddressOf("b"), TestKeys.PublicOf("c"), time).Encode(),
            Seat.TryDecode, seat => seat.Encode());
        RoundTrips<AccessRequest>(new AccessRequest(TestKeys.AddressOf("a"), time, 9).Encode(), AccessRequest.TryDecode, r => r.Encode());
        RoundTrips<SeatRequest>(new SeatRequest(TestKeys.PublicOf("a"), TestKeys.PublicOf("b"), time).Encode(), SeatRequest.TryDecode, r => r.Encode());
        RoundTrips<OpenAdmission>(new OpenAdmission(AdmissionWorld.GrantSeat("alice"), TestKeys.AddressOf("a"), time, [TestKeys.AddressOf("a")]).Encode(),
            OpenAdmission.TryDecode, r => r.Encode());
        RoundTrips<RewardEpoch>(new RewardEpoch(3, [TestKeys.AddressOf("a")]).Encode(), RewardEpoch.TryDecode, r => r.Encode());
    }

    private static void RoundTrips<T>(byte[] bytes, Decoder<T> decode, Func<T, byte[]> encode)
    {
        Assert.True(decode(bytes, out T read, out _));
        Assert.Equal(bytes, encode(read));
        Assert.False(decode([.. bytes, 0], out _, out _));
        Assert.False(decode(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
        byte[] otherVersion = [.. bytes];
        otherVersion[1] = 0x7f;
        Assert.False(decode(otherVersion, out _, out _));
    }

    private static bool IsReadable(Message message)
    {
        MessagePackWriter writer = new();
        KindTable.Write(ref writer, message);
        MessagePackReader reader = new(writer.Written);
        Message? read = KindTable.Read(ref reader);
        return reader.TryFinish(out _) && message.Equals(read);
    }
}
