using System.Linq;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Trust;

public sealed class RevokeTests
{
    private const ulong Bond = 150_000_000;

    /// <summary>After 9 seconds it is pending, after 10 valid without a message having confirmed it.</summary>
    [Theory]
    [InlineData(0, "pending", RevokeReason.Mistaken, "mistaken")]
    [InlineData(9, "pending", RevokeReason.Superseded, "superseded")]
    [InlineData(10, "valid", RevokeReason.Fraud, "fraud")]
    [InlineData(99, "valid", RevokeReason.Mistaken, "mistaken")]
    public void Revoked_attestation_counts_no_longer_and_returns_its_bond(
        ulong after, string from, RevokeReason reason, string reasonName)
    {
        MarketWorld world = new();
        Hash256 uid = Attested(world);
        world.Advance(after);
        Assert.Equal(StartFunds - Bond, world.Balance(Issuer));
        world.Must(Issuer, new Revoke(uid, reason));

        Assert.Equal(StartFunds, world.Balance(Issuer));
        Assert.Null(AttestationStore.Read(world.State, uid));
        Assert.Empty(AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).Entries);
        Event told = Assert.Single(world.LastEvents, item => item.Type == "AttestationRevoked");
        Assert.Equal(from, Value(told, "from"));
        Assert.Equal("revoked", Value(told, "to"));
        Assert.Equal(reasonName, Value(told, "reason"));
        Assert.Equal($"{Bond}", Value(told, "bond"));
        world.Advance(200);
        Assert.Empty(world.LastEvents);
        Assert.Equal(StartFunds, world.Balance(Issuer));
    }

    [Fact]
    public void Revoked_and_expired_attestations_leave_the_same_state()
    {
        MarketWorld revoked = new();
        MarketWorld expired = new();
        revoked.Must(Issuer, new Revoke(Attested(revoked), RevokeReason.Mistaken));
        Attested(expired);
        revoked.Advance(100);
        expired.Advance(100);
        Assert.Equal(expired.Dump(), revoked.Dump());
    }

    [Fact]
    public void Revoking_one_leaves_the_subjects_others_in_force()
    {
        MarketWorld world = new();
        Hash256 first = Attested(world);
        Hash256 second = Attested(world, nonce: 2);
        world.Advance(10);
        world.Must(Issuer, new Revoke(first, RevokeReason.Superseded));
        AttestationIndex index = AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware);
        Assert.Equal(second, Assert.Single(index.Entries).Uid);
        Assert.True(index.HoldsAt(world.Now));
        Assert.Equal(StartFunds - Bond, world.Balance(Issuer));
    }

    [Fact]
    public void Revoking_makes_room_under_the_cap()
    {
        MarketWorld world = new();
        Hash256 first = Attested(world, nonce: 0);
        for (byte i = 1; i < MarketLimits.AttestationsPerSubjectMax; i++) Attested(world, i);
        world.Must(Issuer, new Revoke(first, RevokeReason.Mistaken));
        Attested(world, nonce: 100);
    }

    [Fact]
    public void Revocation_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Hash256 uid = Attested(world);
        Assert.Equal(ResultCode.NotFound, world.Send(Issuer, new Revoke(HashOf(77), RevokeReason.Fraud)));
        Assert.Equal(ResultCode.NotOwner, world.Send(ProviderA, new Revoke(uid, RevokeReason.Fraud)));
        Assert.Equal(ResultCode.NotOwner, world.Send(Stranger, new Revoke(uid, RevokeReason.Fraud)));
        world.Must(Issuer, new Revoke(uid, RevokeReason.Fraud));
        Assert.Equal(ResultCode.NotFound, world.Send(Issuer, new Revoke(uid, RevokeReason.Fraud)));
        Hash256 late = Attested(world, nonce: 2);
        world.Advance(100);
        Assert.Equal(ResultCode.NotFound, world.Send(Issuer, new Revoke(late, RevokeReason.Fraud)));
    }

    [Fact]
    public void Nonce_stays_used_after_the_attestation_was_revoked()
    {
        MarketWorld world = new();
        world.Must(Issuer, new Revoke(Attested(world), RevokeReason.Mistaken));
        Assert.Equal(ResultCode.Replay, world.Send(Issuer, new Attest(Claim(world, 1), Bond)));
    }

    private static Hash256 Attested(MarketWorld world, byte nonce = 1)
    {
        AttestationClaim claim = Claim(world, nonce);
        world.Must(Issuer, new Attest(claim, Bond));
        return Attestation.UidOf(ChainId, Issuer, claim);
    }

    private static AttestationClaim Claim(MarketWorld world, byte nonce) => new(
        AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(nonce), world.Now, world.Now + 100);

    private static string Value(Event told, string key) => told.Attributes.Single(item => item.Key == key).Value;
}
