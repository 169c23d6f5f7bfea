using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>Random sequences of sealed orders, cases, data sets and tasks; a failure prints the numbers that repeat it.</summary>
public sealed class JusticePropertyTests
{
    private const int Actions = 17;

    private static readonly Arbitrary<int[]> Steps = Gen.Choose(0, int.MaxValue).ArrayOf(200).ToArbitrary();

    [Fact]
    public void P9_everything_ends_and_leaves_nothing_locked_whatever_happens()
    {
        Prop.ForAll(Steps, steps =>
        {
            JusticeWorld justice = new(jurors: 12);
            MarketWorld world = justice.World;
            foreach (int step in steps) Play(justice, (uint)step % Actions, (uint)step / Actions);
            // Long enough for every window, grace and record; the beacon stays silent.
            for (int i = 0; i < 200; i++) world.Advance(60);
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Case); id++) Assert.Null(CaseStore.Read(world.State, id));
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Order); id++) Assert.Null(OrderStore.Read(world.State, id));
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Lease); id++) Assert.Null(LeaseStore.Read(world.State, id));
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Task); id++) Assert.Null(TaskStore.Read(world.State, id));
            foreach (Address provider in (Address[])[ProviderA, ProviderB])
            {
                Assert.Equal((0UL, 0UL, 0UL, 0UL), (
                    world.ProviderAt(provider).Locked, world.Reserved(provider), world.Leased(provider), world.ProviderAt(provider).LiveLeases));
            }
            foreach (RoleHolder juror in RoleHolders.All(world.State, Role.Juror)) Assert.Equal(0UL, juror.Stake.Locked);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>MarketWorld itself sums all credits after every message and every step of time.</summary>
    private static void Play(JusticeWorld justice, uint action, uint dice)
    {
        MarketWorld world = justice.World;
        ulong order = Pick(world, CounterKind.Order, dice);
        ulong lease = Pick(world, CounterKind.Lease, dice);
        ulong number = Pick(world, CounterKind.Case, dice);
        ulong task = Pick(world, CounterKind.Task, dice);
        Address provider = dice % 2 == 0 ? ProviderA : ProviderB;
        Address supplier = LeaseStore.Read(world.State, lease)?.Provider ?? provider;
        Address party = dice % 3 == 0 ? supplier : Tenant;
        ulong rate = 1_000_000 + (dice % 4_000_000);
        switch (action)
        {
            case 0:
                world.Send(Tenant, new OpenOrder(Terms(replicas: (byte)(1 + (dice % 2)), prepaid: 60) with
                {
                    Mode = (AuctionMode)(2 + (dice % 2)), OpenSeconds = 5, RegionMax = (byte)(dice % 3),
                }));
                break;
            case 1 or 2:
                world.Send(provider, new SealBid(order, AuctionMath.Commit(ChainId, order, provider, 1_000_000, HashOf(1)), BidDeposit, 20));
                break;
            case 3 or 4:
                world.Send(provider, new RevealBid(order, dice % 5 == 0 ? rate : 1_000_000, HashOf(1)));
                break;
            case 5:
                world.Send(Tenant, new StartLease(lease, default, default));
                world.Send(supplier, new StartLease(lease, HashOf(7), HashOf(8)));
                break;
            case 6:
                world.Send(Tenant, OpenDispute.About(CaseTarget.Lease, lease, 1 + (dice % 60_000_000), HashOf(5), JusticeWorld.Bond));
                break;
            case 7:
                world.Send(party, new AnswerDispute(number, (AnswerAction)(1 + (dice % 4)), dice % 4 == 1 ? HashOf(6) : default,
                    dice % 4 == 0 ? 0 : dice % 4 == 2 ? dice % 10_001 : Credit));
                break;
            case 8 or 9:
                if (CaseStore.Read(world.State, number) is { State: CaseState.Commit } voting) Vote(world, voting, VoteAction.Commit, dice);
                break;
            case 10 or 11:
                if (CaseStore.Read(world.State, number) is { State: CaseState.Reveal } revealing) Vote(world, revealing, VoteAction.Reveal, dice);
                break;
            case 12:
                world.FinishRound();
                break;
            case 13:
                world.Send(dice % 2 == 0 ? Tenant : supplier, new NameData(lease, HashOf(1), 7));
                break;
            case 14:
                world.Send(Stranger, new OpenTask(HashOf(1), Credit, 1 + (dice % 9), 2 * Credit));
                break;
            case 15:
                world.Send(provider, new SubmitResult(task, (ResultStep)(1 + (dice % 3)), (dice % 3) switch
                {
                    0 => default,
                    1 => TaskMath.Seal(ChainId, task, provider, HashOf(2)),
                    _ => HashOf(2),
                }));
                break;
            default:
                world.Advance(dice % 9);
                break;
        }
    }

    private static void Vote(MarketWorld world, Case voting, VoteAction action, uint dice)
    {
        CaseJuror juror = voting.Jurors[(int)(dice % (uint)voting.Jurors.Count)];
        Hash256 commit = CaseMath.Commit(ChainId, voting.Id, voting.Round, juror.Address, 5000, HashOf(9));
        world.Send(juror.Address, action == VoteAction.Commit
            ? new VoteDispute(voting.Id, voting.Round, action, commit, 0)
            : new VoteDispute(voting.Id, voting.Round, action, HashOf(9), 5000));
    }

    private static ulong Pick(MarketWorld world, CounterKind kind, uint dice)
    {
        ulong last = Counters.Last(world.State, kind);
        return last <= 3 ? Math.Max(1, last) : last - (dice % 3);
    }
}
