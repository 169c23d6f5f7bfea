using System;
using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions.Update;
using Chain.StateMachine.Trust.Attestations;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

/// <summary>Random sequences of capacity proofs, promises and tiers; a failure prints the numbers that repeat it.</summary>
public sealed class ProofPropertyTests
{
    private const int Actions = 14;

    private static readonly Parameters Asked = Parameters.Devnet
        .With(ParameterId.CapacityUnitCpuMilli, 1000).With(ParameterId.CapacityFailsMax, 3).With(ParameterId.CapacityDifficulty, 2);

    private static readonly Arbitrary<int[]> Steps = Gen.Choose(0, int.MaxValue).ArrayOf(150).ToArbitrary();

    [Fact]
    public void P8_P16_nobody_promises_what_is_not_proven_and_no_tier_stands_without_a_valid_attestation()
    {
        Prop.ForAll(Steps, steps =>
        {
            JusticeWorld justice = new(jurors: 9, Asked);
            MarketWorld world = justice.World;
            Accreditations.Store(world.State, Stranger, Accreditations.SchemaScope((byte)AttestationSchema.Hardware), MarketTime.Never);
            byte nonce = 0;
            foreach (int step in steps)
            {
                ulong before = Promised(world);
                Play(justice, (uint)step % Actions, (uint)step / Actions, ref nonce);
                if (Promised(world) > before) Assert.True(Promised(world) <= Usable(world), $"{Promised(world)} promised");
                CheckTier(world);
            }
            world.CheckAmounts();
            // The beacon stays silent: everything ends all the same, and no bond is left behind.
            for (int i = 0; i < 100; i++) world.Advance(60);
            Assert.Empty(AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).Entries);
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Case); id++) Assert.Null(CaseStore.Read(world.State, id));
            Assert.Equal((0UL, 0UL), (world.ProviderAt(ProviderA).Locked, Promised(world)));
        }).QuickCheckThrowOnFailure();
    }

    private static ulong Promised(MarketWorld world) => world.Reserved(ProviderA) + world.Leased(ProviderA);

    private static ulong Usable(MarketWorld world) => ProvenCapacity.UsableOf(
        world.State, world.Parameters, ProviderA, world.ProviderAt(ProviderA).SumOf(ResourceClass.CpuMilli));

    private static void CheckTier(MarketWorld world)
    {
        AttestationIndex index = AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware);
        byte tier = 0;
        foreach (IndexedAttestation entry in index.Entries)
        {
            Attestation found = AttestationStore.Read(world.State, entry.Uid)!;
            bool isInForce = found.State == AttestationState.Valid && found.ValidFrom <= world.Now && world.Now < found.Claim.Expires;
            if (isInForce) tier = Math.Max(tier, found.Claim.Tier);
        }
        Assert.Equal(tier, index.TierAt(world.Now));
    }

    /// <summary>MarketWorld itself sums all credits after every message and every step of time.</summary>
    private static void Play(JusticeWorld justice, uint action, uint dice, ref byte nonce)
    {
        MarketWorld world = justice.World;
        ulong order = Math.Max(1, Counters.Last(world.State, CounterKind.Order));
        ulong lease = Math.Max(1, Counters.Last(world.State, CounterKind.Lease));
        OrderTerms terms = Terms(prepaid: 60);
        switch (action)
        {
            case 0:
                world.Send(ProviderA, ProveCapacity.Enter);
                break;
            case 1 or 2 or 3:
                Prove(world, dice);
                break;
            case 4:
                OrderNeeds needs = terms.Needs with { Resources = new ResourceVector(1 + (dice % 3000)), TierMin = (byte)(dice % 7 == 0 ? 2 : 0) };
                world.Send(Tenant, new OpenOrder(terms with { Needs = needs }));
                break;
            case 5 or 6:
                world.Send(ProviderA, BidOn(order));
                break;
            case 7:
                world.Send(Tenant, new AcceptBid(order, ProviderA));
                world.Send(Tenant, new StartLease(lease, default, default));
                world.Send(ProviderA, new StartLease(lease, HashOf(7), HashOf(8)));
                break;
            case 8:
                AmendedTerms amended = new(new ResourceVector(1 + (dice % 4000)), 4_000_000, 0);
                world.Send(Tenant, new AmendLease(lease, AmendAction.Propose, amended, 30));
                world.Send(ProviderA, new AmendLease(lease, AmendAction.Accept, amended, 0));
                break;
            case 9:
                ulong units = 1000 + (dice % 9000);
                world.Send(ProviderA, new Update(StatusChange.None, "", default, [new ClassCapacity(ResourceClass.CpuMilli, units)]));
                break;
            case 10:
                world.Send(ProviderA, new Update((StatusChange)(1 + (dice % 2)), "", default, []));
                world.Send(ProviderA, new Update(StatusChange.Unjail, "", default, []));
                break;
            case 11:
                AttestationClaim claim = new(
                    AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(++nonce), world.Now, world.Now + 11 + (dice % 60));
                world.Send(dice % 2 == 0 ? Issuer : Stranger, new Attest(claim with { Tier = (byte)(dice % 5) }, Credit));
                break;
            case 12:
                world.FinishRound();
                break;
            default:
                world.Advance(dice % 12);
                break;
        }
    }

    /// <summary>Some of the challenged units, from a random one on.</summary>
    private static void Prove(MarketWorld world, uint dice)
    {
        if (CapacityProofs.Read(world.State, ProviderA) is not { State: CapacityState.Open } proofs) return;
        ClassProof known = proofs.Find(ResourceClass.CpuMilli)!;
        ulong first = dice % known.Challenged;
        List<UnitProof> units = [];
        for (ulong unit = first; unit < known.Challenged && !known.IsMarked(unit); unit++)
        {
            List<ulong> nonces = [];
            for (ulong nonce = 0; nonces.Count < 2; nonce++)
            {
                if (CapacityMath.IsProof(proofs.Seed, ProviderA, known.Class, unit, nonce, 2)) nonces.Add(nonce);
            }
            units.Add(new UnitProof(nonces));
        }
        if (units.Count > 0) Assert.Equal(ResultCode.Ok, world.Send(ProviderA, new ProveCapacity(known.Class, first, units)));
    }
}
