using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Trust.Attestations;
using Chain.Tests.Shared;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

/// <summary>
/// Draws of capacity, attestation challenges and probes under a backlog of timed work (ADR 0011). The first two are played in two worlds, one of
/// them late. Epochs of probing are not: one whose beginning is carried over past its end is not probed at all.
/// </summary>
public sealed class LateDrawTests
{
    private const int Sequences = 250;
    private const int Length = 150;

    private static readonly Parameters Asked = Parameters.Devnet
        .With(ParameterId.CapacityUnitCpuMilli, 1000)
        .With(ParameterId.AttestationNonceSchemas, 1);

    private static readonly Address[] Probers = [AddressOf(60), AddressOf(61), AddressOf(62)];

    [Fact]
    public void Carry_over_changes_no_code_and_no_state_of_capacity_and_challenges() => PropertyCheck.Holds(
        MarketPropertyTests.Steps(Length),
        steps =>
        {
            MarketWorld prompt = Begun(isProbed: false);
            MarketWorld late = Begun(isProbed: false);
            foreach (int step in steps)
            {
                late.Parameters = Asked.With(ParameterId.TimedWorkMax, (ulong)(step / 1000 % 8) * 100);
                Play(prompt, late, (uint)step % 12, (uint)step / 12);
            }
            MoveAllDue(late);
            Assert.Equal(prompt.Dump(), late.Dump());
        },
        Sequences);

    /// <summary>A beacon that speaks once the wait is over challenges and draws nobody, also where the end of the wait was carried over.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2_000_000)]
    public void Draw_that_comes_too_late_is_too_late_however_late_its_object_moves(ulong cap)
    {
        MarketWorld world = Begun(isProbed: true);
        world.Must(ProviderA, ProveCapacity.Enter);
        world.Advance(20 - (world.Now.Seconds % 20) + 10);
        world.FinishRound();
        // It waits for twenty seconds, from ten before the epochs of capacity and probing begin that wait for ten.
        world.Must(Issuer, new AskChallenge(AttestationSchema.Hardware, ProviderA));
        world.Advance(10);
        ulong probing = world.Now.Seconds / 10;
        Assert.Equal(CapacityState.Drawing, CapacityProofs.Read(world.State, ProviderA)!.State);
        Assert.True(ProbeBook.LoadEpoch(world.State, probing)!.Seed.IsZero);
        world.Parameters = Asked.With(ParameterId.TimedWorkMax, cap);
        world.Advance(10);
        world.FinishRound();
        List<Event> seen = [.. world.LastEvents];
        MoveAllDue(world);
        seen.AddRange(world.LastEvents);
        Assert.Equal(CapacityState.Idle, CapacityProofs.Read(world.State, ProviderA)!.State);
        Assert.Null(AttestationChallenge.Read(world.State, new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware)));
        Assert.Null(ProbeBook.LoadEpoch(world.State, probing));
        Assert.DoesNotContain(seen, happened => happened.Type is "CapacityChallenged" or "ChallengeDrawn");
        Assert.DoesNotContain(seen, happened => happened.Type == "ProbesDrawn" && happened.Attributes[0].Value == $"{probing}");
    }

    /// <summary>Two leases that run, one with each provider, and three probers if there are to be any.</summary>
    private static MarketWorld Begun(bool isProbed)
    {
        MarketWorld world = new(Asked);
        world.StartedLease(Terms(prepaid: 5000));
        ulong order = world.OpenOrder(Terms(prepaid: 5000));
        world.Must(ProviderB, BidOn(order));
        world.Must(Tenant, new AcceptBid(order, ProviderB));
        world.Must(Tenant, new StartLease(2, default, default));
        world.Must(ProviderB, new StartLease(2, HashOf(7), HashOf(8)));
        if (!isProbed) return world;
        foreach (Address prober in Probers)
        {
            world.Mint(prober, StartFunds);
            Accreditations.Store(world.State, prober, Accreditations.RoleScope(Role.Prober), MarketTime.Never);
            world.Must(prober, new Register(Role.Prober, 20 * Credit, "", default, [], "", [], 0));
        }
        return world;
    }

    private static void Play(MarketWorld prompt, MarketWorld late, uint action, uint dice)
    {
        Address provider = dice % 2 == 0 ? ProviderA : ProviderB;
        switch (action)
        {
            case 0:
                Both(provider, ProveCapacity.Enter);
                break;
            case 1 or 2 or 3 when CapacityProofs.Read(prompt.State, provider) is { State: CapacityState.Open } open:
                Both(provider, new ProveCapacity(ResourceClass.CpuMilli, dice % 4, [Work(open, dice % 4)]));
                break;
            case 4:
                Both(Issuer, new AskChallenge(AttestationSchema.Hardware, provider));
                break;
            case 5:
                ChallengeId id = new(Issuer, provider, AttestationSchema.Hardware);
                Hash256 nonce = AttestationChallenge.Read(prompt.State, id)?.Nonce ?? HashOf((byte)(dice % 256));
                Both(Issuer, new Attest(
                    new AttestationClaim(id.Schema, provider, default, HashOf(3), nonce, prompt.Now, prompt.Now + 11 + (dice % 60)), 100_000_000));
                break;
            case 6:
                Both(Stranger, new SettleLeases([1 + (dice % 2)]));
                break;
            case 7 or 8:
                // What is due asks for its draw before a round ends: nobody knows the value of either round then.
                MoveAllDue(late);
                prompt.FinishRound();
                late.FinishRound();
                break;
            default:
                prompt.Advance(dice % 6);
                late.Advance(dice % 6);
                break;
        }

        void Both(in Address sender, Message message)
        {
            ResultCode code = prompt.Send(sender, message);
            Assert.Equal((message, code), (message, late.Send(sender, message)));
        }
    }

    private static UnitProof Work(CapacityProofs open, ulong unit)
    {
        List<ulong> nonces = [];
        for (ulong nonce = 0; nonces.Count < 2; nonce++)
        {
            if (CapacityMath.IsProof(open.Seed, open.Provider, ResourceClass.CpuMilli, unit, nonce, Asked.CapacityDifficulty)) nonces.Add(nonce);
        }
        return new UnitProof(nonces);
    }

    private static void MoveAllDue(MarketWorld world)
    {
        Parameters capped = world.Parameters;
        world.Parameters = Asked;
        world.Advance(0);
        world.Parameters = capped;
    }
}
