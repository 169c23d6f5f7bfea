using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Trust;

public sealed class AttestTests
{
    private const ulong Bond = 150_000_000;

    [Fact]
    public void Attestation_holds_its_bond_becomes_valid_and_expires()
    {
        MarketWorld world = new();
        Attest attest = Good(world);
        world.Must(Issuer, attest);
        Hash256 uid = Attestation.UidOf(ChainId, Issuer, attest.Claim);
        Assert.Equal(StartFunds - Bond, world.Balance(Issuer));
        Assert.Equal(AttestationState.Pending, AttestationStore.Read(world.State, uid)!.State);
        world.Advance(9);
        Assert.False(IsAttested(world));
        world.Advance(1);
        Assert.True(IsAttested(world));
        Assert.Equal(AttestationState.Valid, AttestationStore.Read(world.State, uid)!.State);
        world.Advance(89);
        Assert.True(IsAttested(world));
        world.Advance(1);
        Assert.False(IsAttested(world));
        Assert.Null(AttestationStore.Read(world.State, uid));
        Assert.Equal(StartFunds, world.Balance(Issuer));
    }

    [Fact]
    public void Attestation_not_before_a_time_is_valid_from_then()
    {
        MarketWorld world = new();
        Attest attest = Good(world);
        world.Must(Issuer, attest with { Claim = attest.Claim with { NotBefore = world.Now + 50 } });
        world.Advance(49);
        Assert.False(IsAttested(world));
        world.Advance(1);
        Assert.True(IsAttested(world));
    }

    [Fact]
    public void Attestation_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Attest good = Good(world);
        AttestationClaim claim = good.Claim;
        Assert.Equal(ResultCode.BadSchema, world.Send(Issuer, good with { Claim = claim with { Schema = (AttestationSchema)99 } }));
        Assert.Equal(ResultCode.NotAccredited, world.Send(Stranger, good));
        Assert.Equal(
            ResultCode.NotAccredited, world.Send(Issuer, good with { Claim = claim with { Schema = AttestationSchema.Region } }));
        Assert.Equal(ResultCode.SelfDeal, world.Send(Issuer, good with { Claim = claim with { Subject = Issuer } }));
        Assert.Equal(ResultCode.TooLate, world.Send(Issuer, good with { Claim = claim with { Expires = world.Now } }));
        Assert.Equal(
            ResultCode.OverMaximum, world.Send(Issuer, good with { Claim = claim with { Expires = world.Now + 86_401 } }));
        Assert.Equal(
            ResultCode.BelowMinimum, world.Send(Issuer, good with { Claim = claim with { Expires = world.Now + 10 } }));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Issuer, good with { Bond = 99_999_999 }));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(Issuer, good with { Bond = StartFunds + 1 }));
    }

    [Fact]
    public void Nonce_of_an_issuer_is_accepted_once_even_after_the_attestation_expired()
    {
        MarketWorld world = new();
        world.Must(Issuer, Good(world));
        Assert.Equal(ResultCode.Replay, world.Send(Issuer, Good(world)));
        world.Advance(200);
        Assert.Equal(ResultCode.Replay, world.Send(Issuer, Good(world)));
        world.Must(Issuer, Good(world, nonce: 2));
    }

    [Fact]
    public void Attestations_of_one_subject_and_schema_are_bounded_and_expired_ones_make_room()
    {
        MarketWorld world = new();
        for (byte i = 0; i < MarketLimits.AttestationsPerSubjectMax; i++) world.Must(Issuer, Good(world, i));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Issuer, Good(world, 100)));
        world.Advance(100);
        world.Must(Issuer, Good(world, 100));
    }

    private static Attest Good(MarketWorld world, byte nonce = 1) => new(
        new AttestationClaim(
            AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(nonce), world.Now, world.Now + 100), Bond);

    private static bool IsAttested(MarketWorld world) =>
        AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).HoldsAt(world.Now);
}
