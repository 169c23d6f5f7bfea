using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Merkle;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Proofs, attestations and reviews: kinds 19 to 24.</summary>
internal static class ProofActs
{
    private static readonly List<byte[]> Leaves = [.. Enumerable.Range(0, 20).Select(i => BitConverter.GetBytes(i))];
    private static readonly Hash256 Root = MerkleTree.Root(Leaves);

    public static Deed? NameData(LifeWorld world, Dice dice) => MarketActs.LeaseOf(world, dice) is { } lease
        ? new Deed(MarketActs.PartyOf(lease, dice), new NameData(lease.Id, dice.OneIn(8) ? MarketWorld.HashOf(1) : Root, (ulong)Leaves.Count))
        : null;

    public static Deed? ProveData(LifeWorld world, Dice dice)
    {
        if (MarketActs.LeaseOf(world, dice) is not { } lease) return null;
        if (DataSet.Load(world.Chain.State, lease.Id) is not { State: DataSetState.Open } set) return NameData(world, dice);
        List<StorageProof> proofs = [];
        foreach (ulong place in set.Challenged(world.Parameters.StorageChallenges))
        {
            int leaf = (int)(place % (ulong)Leaves.Count);
            proofs.Add(new StorageProof(Leaves[leaf], [.. MerkleTree.Prove(Leaves, leaf).Aunts]));
        }
        return new Deed(NameOf(lease.Provider), new ProveData(lease.Id, proofs));
    }

    public static Deed? ProveInTime(LifeWorld world, Dice dice) =>
        MarketActs.LeaseOf(world, dice) is { IsPaying: true } lease && DataSet.Load(world.Chain.State, lease.Id) is not { State: DataSetState.Idle }
            ? ProveData(world, dice)
            : null;

    public static Deed? AnchorLog(LifeWorld world, Dice dice)
    {
        if (MarketActs.LeaseOf(world, dice) is not { } lease) return null;
        ulong next = (AnchorLogRules.Find(world.Chain.State, lease.Id)?.Index ?? 0) + 1;
        return new Deed(NameOf(lease.Provider), new AnchorLog(lease.Id, dice.OneIn(6) ? dice.Next(4) : next, MarketWorld.HashOf(3)));
    }

    public static Deed? OpenTask(LifeWorld world, Dice dice) =>
        new(dice.Of(Tenants), new OpenTask(MarketWorld.HashOf(1), Credit, 1 + dice.Next(6), 2 * Credit) { IsAdaptive = dice.OneIn(2) });

    public static Deed? WorkOnTask(LifeWorld world, Dice dice)
    {
        ulong id = world.Newest(CounterKind.Task, dice);
        if (TaskStore.Read(world.Chain.State, id) is not { } task) return null;
        if (task.State == TaskState.Enrol) return new Deed(dice.Of(ProviderActors), new SubmitResult(id, ResultStep.Enrol, default));
        List<TaskWorker> drawn = [.. task.Workers.Where(worker => worker.Round == task.Round && task.Round > 0)];
        if (drawn.Count == 0) return null;
        string worker = NameOf(drawn[(int)dice.Next((uint)drawn.Count)].Address);
        // Mostly one result, sometimes a worker's own.
        Hash256 digest = MarketWorld.HashOf((byte)(id % 3 == 0 ? 20 + worker.Length + (worker[^1] % 4) : 2));
        Hash256 seal = TaskMath.Seal(world.Chain.Genesis.ChainId, id, AddressOf(worker), digest);
        return new Deed(worker, task.State == TaskState.Commit
            ? new SubmitResult(id, ResultStep.Commit, seal)
            : new SubmitResult(id, ResultStep.Reveal, digest));
    }

    public static Deed? Attest(LifeWorld world, Dice dice)
    {
        AttestationSchema schema = dice.Of(AttestationSchema.Hardware, AttestationSchema.Hardware, AttestationSchema.Region);
        AttestationClaim claim = new(
            schema, AddressOf(dice.Of(ProviderActors[..2])), default, MarketWorld.HashOf(3), MarketWorld.HashOf((byte)dice.Next(60)), world.Now,
            world.Now + 11 + dice.Next(150)) { Tier = (byte)(schema == AttestationSchema.Hardware ? dice.Next(5) : 0) };
        string issuer = schema == AttestationSchema.Hardware ? dice.Of(Issuer, SecondIssuer) : Issuer;
        return new Deed(issuer, new Attest(claim, 100_000_000 + dice.Next(100_000_000)));
    }

    public static Deed? AskAudit(LifeWorld world, Dice dice) => new(
        dice.Of(ProviderActors), new AskAudit(AddressOf(dice.Of(Issuer, SecondIssuer)), AttestationSchema.Hardware, dice.Next(100_000_000)));

    public static Deed? Revoke(LifeWorld world, Dice dice)
    {
        if (AttestationOf(world, dice) is not { } uid || AttestationStore.Read(world.Chain.State, uid) is not { } attestation) return null;
        return new Deed(dice.OneIn(4) ? Issuer : NameOf(attestation.Issuer), new Revoke(uid, RevokeReason.Superseded));
    }

    public static Hash256? AttestationOf(LifeWorld world, Dice dice)
    {
        Address subject = AddressOf(dice.Of(ProviderActors[..2]));
        IReadOnlyList<IndexedAttestation> held = AttestationIndex.Load(
            world.Chain.State, subject, dice.Of(AttestationSchema.Hardware, AttestationSchema.Region)).Entries;
        return held.Count == 0 ? null : held[(int)dice.Next((uint)held.Count)].Uid;
    }

    /// <summary>Commits to what it is drawn for, or says it when the time for that has come.</summary>
    public static Deed? Probe(LifeWorld world, Dice dice)
    {
        ulong number = world.Now.Seconds / world.Parameters.EpochSeconds;
        if (ProbeBook.LoadEpoch(world.Chain.State, number) is not { Seed.IsZero: false } epoch) return null;
        string prober = dice.Of(Probers);
        (ulong, string) place = (number, prober);
        bool isCommitted = world.Probes.TryGetValue(place, out LeaseProbe[]? said);
        if (isCommitted) return new Deed(prober, new SubmitProbes(number, MarketWorld.HashOf(9), said!));
        List<LeaseProbe> probes = [];
        ulong last = Counters.Last(world.Chain.State, CounterKind.Lease);
        for (ulong id = last > 20 ? last - 20 : 1; id <= last; id++)
        {
            if (LeaseStore.Read(world.Chain.State, id) is not { IsPaying: true } lease) continue;
            if (!epoch.DrawnFor(id, lease.Tenant, lease.Provider, world.Parameters).Contains(AddressOf(prober))) continue;
            ulong good = dice.OneIn(5) ? dice.Next(100) : (id + number) % 3 == 0 ? 40UL : 100UL;
            probes.Add(new LeaseProbe(id, good, 100));
        }
        if (probes.Count == 0) return null;
        world.Probes[place] = [.. probes];
        Hash256 commit = ProbeBook.Commit(world.Chain.Genesis.ChainId, number, AddressOf(prober), probes, MarketWorld.HashOf(9));
        return new Deed(prober, new SubmitProbes(number, commit, []));
    }

    public static Deed? Review(LifeWorld world, Dice dice)
    {
        if (LeaseStore.Read(world.Chain.State, world.Newest(CounterKind.Lease, dice)) is not { } lease) return null;
        string party = MarketActs.PartyOf(lease, dice);
        return new Deed(party, dice.OneIn(4)
            ? new WriteReview(lease.Id, ReviewAction.Reply, default, MarketWorld.HashOf(4))
            : new WriteReview(lease.Id, ReviewAction.Rate, new Stars((byte)(1 + dice.Next(5)), 2, 3), MarketWorld.HashOf(6)));
    }
}
