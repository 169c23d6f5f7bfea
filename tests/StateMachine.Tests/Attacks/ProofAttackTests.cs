using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Attacks;

/// <summary>Attacks on what shows that a service is there: A16 to A18 of marketplace.md section 4.</summary>
public sealed class ProofAttackTests
{
    private readonly AttackWorld _attack = new();

    private MarketWorld World => _attack.World;

    private static Address[] Probers => [AddressOf(60), AddressOf(61), AddressOf(62)];

    [Fact]
    public void A16_bribed_auditor_loses_its_bond_to_whoever_shows_it_up()
    {
        AttestationClaim claim = new(AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf(4), World.Now, World.Now + 600);
        World.Must(Issuer, new Attest(claim, 100_000_000));
        Hash256 uid = Attestation.UidOf(ChainId, Issuer, claim);
        World.Must(Tenant, new OpenDispute(CaseTarget.Attestation, uid, 100_000_000, HashOf(5), JusticeWorld.Bond));
        // It has nothing to answer, and the attestation is void: the provider paid for nothing.
        World.Advance(10);
        Assert.Null(AttestationStore.Read(World.State, uid));
        Assert.False(AttestationIndex.Load(World.State, ProviderA, AttestationSchema.Hardware).HoldsAt(World.Now));
        Assert.Equal(-100_000_000, _attack.NetOf(Issuer));
        Assert.Equal(100_000_000, _attack.NetOf(Tenant));
    }

    [Fact]
    public void A17_provider_sells_nothing_twice_and_is_not_paid_for_what_probers_do_not_find()
    {
        for (int i = 0; i < 4; i++)
        {
            World.OpenOrder();
            World.Must(ProviderA, BidOn(Counters.Last(World.State, CounterKind.Order)));
        }
        // It has 4000 units; the fifth thousand is refused.
        World.OpenOrder();
        Assert.Equal(ResultCode.Capacity, World.Send(ProviderA, BidOn(5)));
        for (ulong order = 1; order <= 4; order++) World.Must(ProviderA, new WithdrawBid(order));
        // What it sells is not there: every epoch that is probed goes back to the tenant.
        foreach (Address prober in Probers)
        {
            World.Mint(prober, StartFunds);
            World.AddRole(Role.Prober, prober, 100 * Credit);
        }
        ulong lease = _attack.Lease(Tenant, ProviderA, prepaid: 30);
        Wake();
        World.Advance(10);
        for (int epoch = 0; epoch < 3 && World.LeaseAt(lease).IsPaying; epoch++) ProbeAsAbsent(lease);
        World.Must(Tenant, new CloseLease(lease, CloseReason.BreachOfTerms, CloseMode.Now));
        // The first epoch was not probed: 39,200,000. All the others are worth nothing.
        Assert.Equal(39_200_000, _attack.NetOf(ProviderA));
    }

    [Fact]
    public void A18_provider_that_does_not_keep_the_data_is_not_paid_and_loses_its_place()
    {
        ulong lease = _attack.Lease(Tenant, ProviderA, prepaid: 400);
        World.Must(Tenant, new NameData(lease, HashOf(1), 7));
        World.Must(ProviderA, new NameData(lease, HashOf(1), 7));
        for (int period = 0; period < 3; period++)
        {
            while (DataSet.Load(World.State, lease)!.State == DataSetState.Idle) World.Advance(1);
            World.FinishRound();
            // It has thrown the data away, and no proof that it can make opens the leaves that were drawn.
            List<StorageProof> guesses = [.. Enumerable.Repeat(new StorageProof([1], []), 5)];
            Assert.Equal(ResultCode.BadProof, World.Send(ProviderA, new ProveData(lease, guesses)));
            World.Advance(11);
        }
        World.Advance(20);
        Assert.Equal(CloseReason.Faulted, World.LeaseAt(lease).Reason);
        Assert.Equal(ProviderStatus.Jailed, World.ProviderAt(ProviderA).Status);
        Int128 net = _attack.NetOf(ProviderA);
        // Paid until the first fault came out; then nothing, and 80,000,000 for the notice that it did not give.
        Assert.InRange((long)net, -80_000_000, 40 * 3_920_000L - 80_000_000);
    }

    private void Wake() => ProbeClock.Wake(new ExecutionContext(
        World.State, new BlockContext(ChainId, new(1), Timestamp.FromUnixMs((long)World.Now.Seconds * 1000), World.Now, 1, default, World.Parameters),
        default, default));

    /// <summary>Three probers see a whole epoch, and find nothing.</summary>
    private void ProbeAsAbsent(ulong lease)
    {
        World.FinishRound();
        ulong epoch = World.Now.Seconds / 10;
        foreach (Address prober in Probers)
        {
            World.Must(prober, new SubmitProbes(epoch, ProbeBook.Commit(ChainId, epoch, prober, [new(lease, 0, 10)], HashOf(9)), []));
        }
        World.Advance(8);
        foreach (Address prober in Probers) World.Must(prober, new SubmitProbes(epoch, HashOf(9), [new(lease, 0, 10)]));
        World.Advance(2);
    }
}
