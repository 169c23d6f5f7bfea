using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Update;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;
using JurorAction = Chain.StateMachine.Justice.Cases.VoteAction;
using GovernanceAction = Chain.StateMachine.Governance.VoteAction;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Edges that random lives seldom take, because somebody must want them several times in a row.</summary>
internal static class EdgeStories
{
    public static SortedSet<string> Play()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        Registry(seen);
        Exits(seen);
        Proposals(seen);
        SilentBeacon(seen);
        Leases(seen);
        Cases(seen);
        SmallEdgeStories.Play(seen);
        return seen;
    }

    /// <summary>A newcomer is jailed in its probation, returns, rests, goes on and leaves.</summary>
    private static void Registry(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        using PrivateKey key = TestKeys.Of("carol");
        ReportFault report = new(key.PublicKey, Role.Provider, Sign(world, key, 1), Sign(world, key, 2), Hash(9));
        Send(world, edges, "carol", NewProvider());
        Send(world, edges, "ivan", new CommitReport(CommitReport.Of(world.Chain.Genesis.ChainId, AddressOf("ivan"), report.Matter, Hash(9))));
        Pass(world, edges, 3);
        Send(world, edges, "ivan", report);
        Pass(world, edges, 20);
        foreach (StatusChange change in (StatusChange[])[StatusChange.Unjail, StatusChange.Pause, StatusChange.Resume, StatusChange.Exit])
        {
            Send(world, edges, "carol", new Update(change, "", default, []));
        }
        seen.UnionWith(edges.Seen);
    }

    private static void Exits(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Send(world, edges, "dave", NewProvider());
        Send(world, edges, "dave", new Update(StatusChange.Pause, "", default, []));
        Send(world, edges, "dave", new Update(StatusChange.Exit, "", default, []));
        Send(world, edges, "dave", new Stake(Role.Provider, StakeAction.Unbond, 150 * Credit));
        Pass(world, edges, 60);
        Pass(world, edges, 1);
        Send(world, edges, "dave", new Stake(Role.Provider, StakeAction.Claim, 0));
        Send(world, edges, "dave", new Update(StatusChange.Retire, "", default, []));
        Send(world, edges, "provider-3", RequestSeat.Leave);
        Send(world, edges, "provider-3", new Update(StatusChange.Exit, "", default, []));
        seen.UnionWith(edges.Seen);
    }

    /// <summary>The panel is sent home; what then comes second finds nothing left to do, once in time and once put off.</summary>
    private static void Proposals(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        AccreditationChange dismissal = new(AddressOf(Member), Accreditations.ScopePanel, default);
        for (ulong id = 1; id <= 3; id++) Send(world, edges, "alice", new Propose(dismissal, 10 * Credit, default));
        Pass(world, edges, 11);
        for (ulong id = 1; id <= 3; id++)
        {
            foreach (string name in ProviderActors) Send(world, edges, name, new CastVote(GovernanceAction.Ballot, id, VoteChoice.Yes));
        }
        Pass(world, edges, 20);
        foreach (string guardian in Guardians[..2]) Send(world, edges, guardian, new CastVote(GovernanceAction.Delay, 3, VoteChoice.Yes));
        Pass(world, edges, 60);
        Pass(world, edges, 60);
        Send(world, edges, "alice", new Propose(new ParameterChanges([new ParameterValue(ParameterId.BidCap, 3)]), 10 * Credit, default));
        foreach (string name in ProviderActors) Send(world, edges, name, new CastVote(GovernanceAction.Ballot, 4, VoteChoice.Yes));
        Pass(world, edges, 20);
        foreach (string guardian in Guardians[..2]) Send(world, edges, guardian, new CastVote(GovernanceAction.Delay, 4, VoteChoice.Yes));
        Pass(world, edges, 60);
        Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>Two leases of one order, of a newcomer too; one runs dry and on, ends with notice, and the other at once.</summary>
    private static void Leases(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Send(world, edges, "carol", NewProvider());
        Pass(world, edges, 30);
        Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms(replicas: 2, prepaid: 20)));
        ulong lease = 0;
        foreach (string name in (string[])["carol", "provider"])
        {
            Send(world, edges, name, MarketWorld.BidOn(1));
            Send(world, edges, "alice", new AcceptBid(1, AddressOf(name)));
            lease++;
            Send(world, edges, "alice", new StartLease(lease, default, default));
            Send(world, edges, name, new StartLease(lease, Hash(7), Hash(8)));
        }
        Send(world, edges, "alice", new NameData(1, Hash(1), 7));
        Send(world, edges, "carol", new NameData(1, Hash(1), 7));
        Send(world, edges, "carol", new NameData(1, Hash(2), 7));
        Pass(world, edges, 12);
        Send(world, edges, "alice", new CloseLease(1, CloseReason.Done, CloseMode.Now));
        Pass(world, edges, 9);
        Send(world, edges, "ivan", new Deposit(DepositTarget.Lease, 2, 500_000_000));
        Send(world, edges, "provider", new CloseLease(2, CloseReason.Done, CloseMode.Notice));
        Send(world, edges, "alice", new WriteReview(1, ReviewAction.Rate, new Stars(1, 1, 1), Hash(6)));
        Send(world, edges, "carol", new WriteReview(1, ReviewAction.Rate, new Stars(5, 5, 5), Hash(6)));
        Send(world, edges, "carol", OpenDispute.About(CaseTarget.Review, 1, 0, Hash(5), 10 * Credit));
        AttestationClaim claim = new(AttestationSchema.Hardware, AddressOf("carol"), default, Hash(3), Hash(4), world.Now, world.Now + 60);
        Send(world, edges, Issuer, new Attest(claim, 100_000_000));
        Hash256 uid = Attestation.UidOf(world.Chain.Genesis.ChainId, AddressOf(Issuer), claim);
        Send(world, edges, "ivan", new OpenDispute(CaseTarget.Attestation, uid, 1, Hash(5), 10 * Credit));
        Send(world, edges, Issuer, new AnswerDispute(2, AnswerAction.Concede, default, 0));
        Pass(world, edges, 25);
        seen.UnionWith(edges.Seen);
    }

    /// <summary>One ruling is appealed against, and the next jury says nothing; another ruling stands.</summary>
    private static void Cases(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        for (ulong lease = 1; lease <= 2; lease++)
        {
            Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms(prepaid: 90)));
            Send(world, edges, "provider", MarketWorld.BidOn(lease));
            Send(world, edges, "alice", new AcceptBid(lease, AddressOf("provider")));
            Send(world, edges, "alice", new StartLease(lease, default, default));
            Send(world, edges, "provider", new StartLease(lease, Hash(7), Hash(8)));
            Send(world, edges, "alice", OpenDispute.About(CaseTarget.Lease, lease, 1, Hash(5), 10 * Credit));
            Send(world, edges, "provider", new AnswerDispute(lease, AnswerAction.Contest, Hash(6), 10 * Credit));
            WaitForJury(world, edges, lease);
            Vote(world, edges, lease);
            if (lease == 1) Send(world, edges, "alice", new AnswerDispute(lease, AnswerAction.Appeal, default, Credit));
            for (int i = 0; i < 12; i++) Pass(world, edges, 3);
        }
        // Long enough for the records to go.
        for (int i = 0; i < 4; i++) Pass(world, edges, 60);
        seen.UnionWith(edges.Seen);
    }

    private static void WaitForJury(LifeWorld world, EdgeBook edges, ulong id)
    {
        for (int i = 0; i < 30 && CaseStore.Read(world.Chain.State, id) is { State: CaseState.Drawing }; i++)
        {
            world.Pass(300);
            edges.Note(world.Last);
        }
    }

    private static void Vote(LifeWorld world, EdgeBook edges, ulong id)
    {
        Case found = CaseStore.Read(world.Chain.State, id)!;
        Assert.Equal(CaseState.Commit, found.State);
        foreach (CaseJuror juror in found.Jurors)
        {
            Hash256 commit = CaseMath.Commit(world.Chain.Genesis.ChainId, id, 0, juror.Address, 5000, Hash(9));
            Send(world, edges, NameOf(juror.Address), new VoteDispute(id, 0, JurorAction.Commit, commit, 0));
        }
        foreach (CaseJuror juror in found.Jurors)
        {
            Send(world, edges, NameOf(juror.Address), new VoteDispute(id, 0, JurorAction.Reveal, Hash(9), 5000));
        }
    }

    /// <summary>Draws are asked for and nobody reveals: each kind has its way on.</summary>
    private static void SilentBeacon(SortedSet<string> seen)
    {
        LifeWorld world = new();
        EdgeBook edges = new(world.Chain.State);
        Send(world, edges, "alice", new OpenOrder(MarketWorld.Terms()));
        Send(world, edges, "provider", MarketWorld.BidOn(1));
        Send(world, edges, "alice", new AcceptBid(1, AddressOf("provider")));
        Send(world, edges, "alice", new StartLease(1, default, default));
        Send(world, edges, "provider", new StartLease(1, Hash(7), Hash(8)));
        Send(world, edges, "alice", new NameData(1, Hash(1), 7));
        Send(world, edges, "provider", new NameData(1, Hash(1), 7));
        world.IsBeaconSilent = true;
        Send(world, edges, "bob", new OpenTask(Hash(1), Credit, 1, 2 * Credit));
        Send(world, edges, "provider-1", new SubmitResult(1, ResultStep.Enrol, default));
        Send(world, edges, "alice", OpenDispute.About(CaseTarget.Lease, 1, 1, Hash(5), 10 * Credit));
        Send(world, edges, "provider", new AnswerDispute(1, AnswerAction.Contest, Hash(6), 10 * Credit));
        for (int i = 0; i < 40; i++) Pass(world, edges, 1);
        seen.UnionWith(edges.Seen);
    }

    internal static Hash256 Hash(byte number) => MarketWorld.HashOf(number);

    private static Register NewProvider() =>
        new(Role.Provider, 150 * Credit, "", default, [new ClassCapacity(ResourceClass.CpuMilli, 4000)], "eu", [], 1);

    internal static SignedStatement Sign(LifeWorld world, PrivateKey key, byte data, ulong epoch = 7)
    {
        SignedStatement statement = new(StatementKind.LogRoot, Hash(7), epoch, Hash(data), default);
        return statement with { Signature = key.Sign(statement.SignBytes(world.Chain.Genesis.ChainId)) };
    }

    internal static void Send(LifeWorld world, EdgeBook edges, string sender, Message message)
    {
        ResultCode code = world.Send(new Deed(sender, message));
        Assert.True(code == ResultCode.Ok, $"{message} of {sender}: {code}");
        edges.Note(world.Last);
    }

    internal static void Pass(LifeWorld world, EdgeBook edges, int seconds)
    {
        world.Pass(seconds * 1000L);
        edges.Note(world.Last);
    }
}
