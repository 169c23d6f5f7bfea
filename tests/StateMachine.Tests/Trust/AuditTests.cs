using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Trust;

public sealed class AuditTests
{
    private const ulong Bond = 500_000_000;
    private const ulong Fee = 100_000_000;

    /// <summary>A tenth of the fee: what a second look costs, as often as there is one.</summary>
    private const ulong Premium = Fee / 10;

    /// <summary>A second issuer beside <see cref="Issuer"/>.</summary>
    private static readonly Address Other = Stranger;

    private static readonly ChallengeId Drawn = new(Other, ProviderA, AttestationSchema.Hardware);

    private readonly JusticeWorld _justice = new();
    private readonly MarketWorld _world;
    private byte _nonce;

    public AuditTests()
    {
        _world = _justice.World;
        byte scope = Accreditations.SchemaScope((byte)AttestationSchema.Hardware);
        Accreditations.Store(_world.State, Other, scope, MarketTime.Never);
        _world.AddRole(Role.Auditor, Other, 100 * Credit);
    }

    [Fact]
    public void Fee_waits_in_the_attestation_until_it_expires()
    {
        _world.Must(ProviderA, Ask());
        Assert.Equal(StartFunds - Fee, _world.Balance(ProviderA));
        Hash256 uid = Attest(Issuer, tier: 3, seconds: 40);
        Assert.Null(Audit.Read(_world.State, new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware)));
        Assert.Equal(StartFunds - Bond - Premium, _world.Balance(Issuer));
        Assert.Equal(Premium, Pools.Load(_world.State).Reliability);
        _world.Advance(39);
        Assert.Equal((Bond, Fee), (AttestationStore.Read(_world.State, uid)!.Bond, AttestationStore.Read(_world.State, uid)!.Fee));
        _world.Advance(1);
        Assert.Equal(StartFunds + Fee - Premium, _world.Balance(Issuer));
    }

    [Fact]
    public void Fee_of_what_its_issuer_takes_back_returns_to_whom_it_was_about()
    {
        _world.Must(ProviderA, Ask());
        Hash256 uid = Attest(Issuer, tier: 0);
        Assert.Equal(Fee, AttestationStore.Read(_world.State, uid)!.Fee);
        _world.Must(Issuer, new Revoke(uid, RevokeReason.Mistaken));
        Assert.Equal((StartFunds, StartFunds), (_world.Balance(ProviderA), _world.Balance(Issuer)));
    }

    [Fact]
    public void Audit_is_asked_of_an_accredited_issuer_once_and_lapses_without_an_answer()
    {
        Assert.Equal(ResultCode.BadSchema, _world.Send(ProviderA, Ask() with { Schema = (AttestationSchema)99 }));
        Assert.Equal(ResultCode.SelfDeal, _world.Send(Issuer, Ask()));
        Assert.Equal(ResultCode.NotAccredited, _world.Send(ProviderA, Ask() with { Issuer = Tenant }));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send(ProviderA, Ask() with { Fee = 9_999_999 }));
        Assert.Equal(ResultCode.InsufficientFunds, _world.Send(ProviderA, Ask() with { Fee = StartFunds + 1 }));
        _world.Must(ProviderA, Ask());
        Assert.Equal(ResultCode.Exists, _world.Send(ProviderA, Ask()));
        _world.Advance(59);
        Assert.Equal(StartFunds - Fee, _world.Balance(ProviderA));
        // Under a backlog as well: whoever asks again finds the old one gone.
        _world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, 0);
        _world.Advance(1);
        _world.Must(ProviderA, Ask());
        Assert.Equal(StartFunds - Fee, _world.Balance(ProviderA));
    }

    [Fact]
    public void A16_rubber_stamp_is_looked_at_again_by_a_drawn_auditor_and_costs_fee_and_bond()
    {
        LookAlways();
        // The provider pays for a stamp of the highest tier, and the auditor does not look.
        _world.Must(ProviderA, Ask());
        Attest(Issuer, tier: 4, seconds: 1000);
        Assert.Equal(Fee, Pools.Load(_world.State).Reliability);
        _world.FinishRound();
        Audit drawn = Audit.Read(_world.State, Drawn)!;
        // Of two accredited issuers only the other can be drawn; the pool pays, out of what the stamp paid into it.
        Assert.Equal((true, Fee, 0UL), (drawn.IsDrawn, drawn.Fee, Pools.Load(_world.State).Reliability));
        _world.Advance(1);
        Attest(Other, tier: 1, seconds: 1000);
        Assert.Null(Audit.Read(_world.State, Drawn));
        // A second look calls for no third.
        _world.FinishRound();
        Assert.Null(Audit.Read(_world.State, new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware)));
        _world.Advance(10);
        Assert.Equal(CaseTarget.Conflict, _justice.CaseAt(1).Target);
        _world.FinishRound();
        _justice.Vote(1, 10_000, 10_000, 10_000);
        _world.Advance(10);
        // The bond is gone, and of the fee nothing came. The honest one has both, and its own, less the jury's 150,000,000.
        Assert.Equal(StartFunds - Bond - Fee, _world.Balance(Issuer));
        Assert.Equal(StartFunds - Fee, _world.Balance(ProviderA));
        Assert.Equal(StartFunds + Bond + Fee + Fee - 150_000_000, _world.Balance(Other));
    }

    [Fact]
    public void A16_drawn_auditor_who_does_not_look_pays_for_it()
    {
        LookAlways();
        Attest(Issuer, tier: 2, seconds: 1000);
        // Nobody paid for this audit: the issuer itself pays the premium on the least fee.
        Assert.Equal(StartFunds - Bond - 10_000_000, _world.Balance(Issuer));
        _world.FinishRound();
        Assert.Equal(0UL, Pools.Load(_world.State).Reliability);
        _world.Advance(60);
        Assert.Null(Audit.Read(_world.State, Drawn));
        Assert.Equal((100 * Credit) - 10_000_000, RoleHolders.Load(_world.State, Role.Auditor, Other)!.Stake.Bonded);
        // Its fee is back in the pool, with half of what it lost.
        Assert.Equal(15_000_000UL, Pools.Load(_world.State).Reliability);
        Assert.Equal(StartFunds, _world.Balance(Other));
    }

    [Fact]
    public void A16_who_is_accredited_without_stake_is_not_drawn_and_who_takes_it_out_afterwards_pays_as_well()
    {
        LookAlways();
        RoleHolder holder = RoleHolders.Load(_world.State, Role.Auditor, Other)!;
        UnbondingEntry leaving = new(100 * Credit, _world.Now + 100_000);
        RoleHolder gone = holder with { Stake = new StakeBalance(0, 0, [leaving]) };
        RoleHolders.Store(_world.State, gone);
        Attest(Issuer, tier: 2, seconds: 1000);
        _world.FinishRound();
        Assert.Null(Audit.Read(_world.State, Drawn));
        RoleHolders.Store(_world.State, holder);
        Attest(Issuer, tier: 2, seconds: 1000);
        _world.FinishRound();
        Assert.NotNull(Audit.Read(_world.State, Drawn));
        RoleHolders.Store(_world.State, gone);
        _world.Advance(60);
        Assert.Equal([leaving with { Amount = (100 * Credit) - 10_000_000 }], RoleHolders.Load(_world.State, Role.Auditor, Other)!.Stake.Unbonding);
    }

    [Fact]
    public void A16_who_is_linked_to_issuer_or_subject_is_not_drawn()
    {
        LookAlways();
        foreach (Address linked in (Address[])[Issuer, ProviderA])
        {
            DidDocuments.Store(_world.State, Other, new DidDocument(HashOf(9), StorageDeposit: 0));
            DidDocuments.Store(_world.State, linked, new DidDocument(HashOf(9), StorageDeposit: 0));
            Attest(Issuer, tier: 2, seconds: 1000);
            _world.FinishRound();
            Assert.Null(Audit.Read(_world.State, Drawn));
            DidDocuments.Store(_world.State, linked, null);
        }
        Attest(Issuer, tier: 2, seconds: 1000);
        _world.FinishRound();
        Assert.NotNull(Audit.Read(_world.State, Drawn));
    }

    [Fact]
    public void A16_few_are_looked_at_again_as_the_parameter_says()
    {
        int drawn = 0;
        for (int i = 0; i < 200; i++)
        {
            Hash256 uid = Attest(Issuer, tier: 2, seconds: 1000);
            _world.FinishRound();
            if (Audit.Read(_world.State, Drawn) is { } audit)
            {
                drawn++;
                _world.Advance(60);
            }
            _world.Must(Issuer, new Revoke(uid, RevokeReason.Superseded));
        }
        Assert.InRange(drawn, 8, 40);
    }

    [Fact]
    public void Tenant_who_shows_an_audit_wrong_gets_the_fee_before_the_bond()
    {
        _world.Must(ProviderA, Ask());
        Hash256 uid = Attest(Issuer, tier: 0);
        OpenDispute dispute = new(CaseTarget.Attestation, uid, Bond + Fee, HashOf(5), JusticeWorld.Bond);
        Assert.Equal(ResultCode.OverMaximum, _world.Send(Tenant, dispute with { Claim = Bond + Fee + 1 }));
        _world.Must(Tenant, dispute with { Claim = Fee + 1 });
        _world.Advance(10);
        Assert.Null(AttestationStore.Read(_world.State, uid));
        Assert.Equal(StartFunds - 1, _world.Balance(Issuer));
    }

    private static AskAudit Ask() => new(Issuer, AttestationSchema.Hardware, Fee);

    private void LookAlways() => _world.Parameters = Parameters.Devnet.With(ParameterId.ReauditBps, 10_000);

    private Hash256 Attest(in Address issuer, byte tier, ulong seconds = 100)
    {
        AttestationClaim claim = new(
            AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(++_nonce), _world.Now, _world.Now + seconds) { Tier = tier };
        _world.Must(issuer, new Attest(claim, Bond));
        return Attestation.UidOf(ChainId, issuer, claim);
    }
}
