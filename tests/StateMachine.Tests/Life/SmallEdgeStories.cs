using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Update;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using static Chain.StateMachine.Tests.Life.EdgeStories;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Edges that one message takes, if somebody sends it.</summary>
internal static class SmallEdgeStories
{
    public static void Play(SortedSet<string> seen)
    {
        Bids(seen);
        Standing(seen);
        Attestations(seen);
        Jailings(seen);
        Tasks(seen);
        LoneWorkers(seen);
        Suspensions(seen);
        Breaker(seen);
    }

    /// <summary>Standing orders are left by a provider, before and after all is leased, and ended by the tenant, in each state.</summary>
    private static void Standing(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        for (ulong order = 1; order <= 4; order++)
        {
            Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms(replicas: 2) with { Renewals = 2 }));
            foreach (string name in ProviderActors[..(order == 4 ? 2 : 1)])
            {
                Send(world, edges, name, MarketWorld.BidOn(order));
                Send(world, edges, "alice", new AcceptBid(order, AddressOf(name)));
            }
            if (order == 1) Send(world, edges, ProviderActors[0], new CloseLease(1, CloseReason.Done, CloseMode.Now));
            if (order >= 3) Send(world, edges, "alice", new CancelOrder(order));
        }
        Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>Bids are taken back and evicted, an order and an offer too, a provider does not show up, two win a sealed order.</summary>
    private static void Bids(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Send(world, edges, "provider", ChangeOffer.Post(MarketWorld.OfferOf(), 60));
        Send(world, edges, "provider", ChangeOffer.Withdraw(1));
        Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms()));
        Send(world, edges, "provider", MarketWorld.BidOn(1));
        Send(world, edges, "provider", new WithdrawBid(1));
        for (ulong i = 0; i < 3; i++) Send(world, edges, ProviderActors[i], MarketWorld.BidOn(1, 3_000_000 - i));
        Send(world, edges, "alice", new AcceptBid(1, AddressOf("provider-2")));
        Send(world, edges, "alice", new StartLease(1, default, default));
        Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms()));
        Send(world, edges, "alice", new CancelOrder(2));
        Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms(replicas: 2) with { Mode = AuctionMode.SealedFirst, OpenSeconds = 10 }));
        foreach (string name in ProviderActors) Send(world, edges, name, new SealBid(3, CommitOf(world, name), MarketWorld.BidDeposit, 20));
        Send(world, edges, "provider-3", new WithdrawBid(3));
        Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms() with { Mode = AuctionMode.SealedFirst }));
        Send(world, edges, "provider", new SealBid(4, Hash(1), MarketWorld.BidDeposit, 20));
        Send(world, edges, "alice", new CancelOrder(4));
        Pass(world, edges, 11);
        foreach (string name in ProviderActors[..2]) Send(world, edges, name, new RevealBid(3, 1_000_000, Hash(1)));
        for (int i = 0; i < 5; i++) Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    private static void Attestations(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Hash256 early = Attest(world, edges, 1);
        Send(world, edges, Issuer, new Revoke(early, RevokeReason.Mistaken));
        Hash256 late = Attest(world, edges, 2);
        Hash256 wrong = Attest(world, edges, 3);
        Pass(world, edges, 12);
        Send(world, edges, Issuer, new Revoke(late, RevokeReason.Superseded));
        Send(world, edges, "ivan", new OpenDispute(CaseTarget.Attestation, wrong, 1, Hash(5), 10 * Credit));
        Send(world, edges, Issuer, new AnswerDispute(1, AnswerAction.Concede, default, 0));
        AskAudit ask = new(AddressOf(Issuer), AttestationSchema.Hardware, Credit);
        Send(world, edges, "provider", ask);
        Attest(world, edges, 4);
        Send(world, edges, "provider", ask);
        Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>A provider is jailed, returns, pauses, goes on, pauses again, and is jailed once more.</summary>
    private static void Jailings(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Report(world, edges, epoch: 1);
        Pass(world, edges, 21);
        foreach (StatusChange change in (StatusChange[])[StatusChange.Unjail, StatusChange.Pause, StatusChange.Resume, StatusChange.Pause])
        {
            Send(world, edges, "provider-2", new Update(change, "", default, []));
        }
        Report(world, edges, epoch: 2);
        Send(world, edges, "provider-2", new Update(StatusChange.Exit, "", default, []));
        // What is announced and never reported goes.
        Send(world, edges, "ivan", new CommitReport(Hash(5)));
        for (int i = 0; i < 3; i++) Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>More than half of the guardians stop a kind for a while.</summary>
    private static void Breaker(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        foreach (string guardian in Guardians[..2]) Send(world, edges, guardian, new AskBreaker(KindMask.Of(MessageKind.Attest), 5));
        for (int i = 0; i < 3; i++) Pass(world, edges, 5);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>Snapshots that are missing, in a market that asks for one in every epoch.</summary>
    private static void Suspensions(SortedSet<string> seen)
    {
        Parameters asked = Parameters.Devnet.With(ParameterId.SnapshotEpochs, 1);
        MarketWorld world = new(asked);
        EdgeBook edges = new(world.State);
        Providers.Store(world.State, world.ProviderAt(MarketWorld.ProviderB) with { Status = ProviderStatus.Probation });
        foreach (Address provider in (Address[])[MarketWorld.ProviderA, MarketWorld.ProviderB])
        {
            for (int i = 0; i < 2; i++)
            {
                Update shown = Update.Show(SnapshotClock.PeriodOf(world.Now, asked), Hash(1), world.ProviderAt(provider).Capacity);
                world.Must(provider, shown);
                edges.Note(world.LastEvents);
                world.Advance(20);
                edges.Note(world.LastEvents);
            }
        }
        ExecutionContext jailing = world.Context();
        Providers.Store(world.State, Jails.Enter(jailing, world.ProviderAt(MarketWorld.ProviderB), "test"));
        edges.Note(jailing.Events);
        world.Must(MarketWorld.ProviderA, new Update(StatusChange.Exit, "", default, []));
        edges.Note(world.LastEvents);
        seen.UnionWith(edges.Seen);
    }

    private static void Tasks(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Send(world, edges, "bob", new OpenTask(Hash(1), Credit, 1, 2 * Credit));
        Send(world, edges, "provider", new SubmitResult(1, ResultStep.Enrol, default));
        for (int i = 0; i < 25 && TaskStore.Read(world.Chain.State, 1)!.State != TaskState.Commit; i++) Pass(world, edges, 1);
        Hash256 seal = TaskMath.Seal(world.Chain.Genesis.ChainId, 1, AddressOf("provider"), Hash(2));
        Send(world, edges, "provider", new SubmitResult(1, ResultStep.Commit, seal));
        while (TaskStore.Read(world.Chain.State, 1)!.State == TaskState.Commit) Pass(world, edges, 1);
        Send(world, edges, "provider", new SubmitResult(1, ResultStep.Reveal, Hash(2)));
        for (int i = 0; i < 3; i++) Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>A worker works alone, checked and not, and once the beacon does not say which.</summary>
    private static void LoneWorkers(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        for (ulong id = 1; id <= 8; id++)
        {
            Send(world, edges, "bob", new OpenTask(Hash(1), Credit, 5, 2 * Credit) { IsAdaptive = true });
            foreach (string name in ProviderActors) Send(world, edges, name, new SubmitResult(id, ResultStep.Enrol, default));
            for (int i = 0; i < 25 && TaskStore.Read(world.Chain.State, id)!.State != TaskState.Commit; i++) Pass(world, edges, 1);
            ComputeTask task = TaskStore.Read(world.Chain.State, id)!;
            string alone = NameOf(task.Workers[task.FindOfRound()].Address);
            Send(world, edges, alone, new SubmitResult(id, ResultStep.Commit, TaskMath.Seal(world.Chain.Genesis.ChainId, id, AddressOf(alone), Hash(2))));
            world.IsBeaconSilent = id == 8;
            for (int i = 0; i < 25; i++) Pass(world, edges, 1);
            world.IsBeaconSilent = false;
        }
        seen.UnionWith(edges.Seen);
    }

    private static Hash256 CommitOf(LifeWorld world, string name) =>
        AuctionMath.Commit(world.Chain.Genesis.ChainId, 3, AddressOf(name), 1_000_000, Hash(1));

    private static Hash256 Attest(LifeWorld world, EdgeBook edges, byte nonce)
    {
        AttestationClaim claim = new(
            AttestationSchema.Hardware, AddressOf("provider"), default, Hash(3), Hash(nonce), world.Now, world.Now + 60);
        Send(world, edges, Issuer, new Attest(claim, 100_000_000));
        return Attestation.UidOf(world.Chain.Genesis.ChainId, AddressOf(Issuer), claim);
    }

    private static void Report(LifeWorld world, EdgeBook edges, ulong epoch)
    {
        using PrivateKey key = TestKeys.Of("provider-2");
        ReportFault report = new(key.PublicKey, Role.Provider, Sign(world, key, 1, epoch), Sign(world, key, 2, epoch), Hash(9));
        Send(world, edges, "ivan", new CommitReport(CommitReport.Of(world.Chain.Genesis.ChainId, AddressOf("ivan"), report.Matter, Hash(9))));
        Pass(world, edges, 3);
        Send(world, edges, "ivan", report);
    }
}
