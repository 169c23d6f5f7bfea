using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>Turns numbers into steps of sealed orders, cases, data sets, tasks and attestations.</summary>
internal static class JusticeScript
{
    private const int Actions = 21;

    /// <summary>One step. A twin gets the same messages and the same time, and must answer the same codes.</summary>
    public static void Step(JusticeWorld justice, int step, JusticeWorld? twin = null)
    {
        // A sealed order makes its leases when it moves; before that nobody can name them.
        bool lags = twin is not null && Counters.Last(twin.World.State, CounterKind.Lease) != Counters.Last(justice.World.State, CounterKind.Lease);
        if (lags) twin!.MoveAllDue(justice.World.Parameters);
        Play(justice, (uint)step % Actions, (uint)step / Actions, twin, (sender, message) =>
        {
            ResultCode code = justice.World.Send(sender, message);
            if (twin is not null) Assert.Equal((message, code), (message, twin.World.Send(sender, message)));
        });
    }

    /// <summary>MarketWorld itself sums all credits after every message and every step of time.</summary>
    private static void Play(JusticeWorld justice, uint action, uint dice, JusticeWorld? twin, Action<Address, Message> send)
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
                send(Tenant, new OpenOrder(Terms(replicas: (byte)(1 + (dice % 2)), prepaid: 60) with
                {
                    Mode = (AuctionMode)(2 + (dice % 2)), OpenSeconds = 5, RegionMax = (byte)(dice % 3), Renewals = (byte)(dice / 7 % 4),
                }));
                break;
            case 1 or 2:
                send(provider, new SealBid(order, AuctionMath.Commit(ChainId, order, provider, 1_000_000, HashOf(1)), BidDeposit, 20));
                break;
            case 3 or 4:
                send(provider, new RevealBid(order, dice % 5 == 0 ? rate : 1_000_000, HashOf(1)));
                break;
            case 5:
                send(Tenant, new StartLease(lease, default, default));
                send(supplier, new StartLease(lease, HashOf(7), HashOf(8)));
                break;
            case 6:
                send(Tenant, OpenDispute.About(CaseTarget.Lease, lease, 1 + (dice % 60_000_000), HashOf(5), JusticeWorld.Bond));
                break;
            case 7:
                send(party, new AnswerDispute(number, (AnswerAction)(1 + (dice % 4)), dice % 4 == 1 ? HashOf(6) : default,
                    dice % 4 == 0 ? 0 : dice % 4 == 2 ? dice % 10_001 : Credit));
                break;
            case 8 or 9:
                if (CaseStore.Read(world.State, number) is { State: CaseState.Commit } voting) Vote(send, voting, VoteAction.Commit, dice);
                break;
            case 10 or 11:
                if (CaseStore.Read(world.State, number) is { State: CaseState.Reveal } revealing) Vote(send, revealing, VoteAction.Reveal, dice);
                break;
            case 12:
                twin?.MoveAllDue(world.Parameters);
                world.FinishRound();
                twin?.World.FinishRound();
                break;
            case 13:
                send(dice % 2 == 0 ? Tenant : supplier, new NameData(lease, HashOf(1), 7));
                break;
            case 14:
                send(Stranger, new OpenTask(HashOf(1), Credit, 1 + (dice % 9), 20 * Credit) { IsAdaptive = dice % 2 == 0 });
                break;
            case 15:
                send(provider, new SubmitResult(task, (ResultStep)(1 + (dice % 3)), (dice % 3) switch
                {
                    0 => default,
                    1 => TaskMath.Seal(ChainId, task, provider, HashOf(2)),
                    _ => HashOf(2),
                }));
                break;
            case 16:
                send(Issuer, new Attest(
                    new AttestationClaim(
                        AttestationSchema.Hardware, provider, default, HashOf(3), HashOf((byte)(dice % 256)), world.Now,
                        world.Now + 11 + (dice % 60)), 100_000_000));
                break;
            case 17:
                if (AttestedOf(world, provider, dice) is { } uid)
                {
                    send(Stranger, new OpenDispute(CaseTarget.Attestation, uid, dice % 100_000_000, HashOf(5), JusticeWorld.Bond));
                }
                break;
            case 18:
                send(party, new WriteReview(lease, ReviewAction.Rate, new Stars(1, 2, (byte)(1 + (dice % 5))), HashOf(6)));
                break;
            case 19:
                send(party, new CloseLease(lease, CloseReason.Done, dice % 3 == 0 ? CloseMode.Notice : CloseMode.Now));
                break;
            default:
                world.Advance(dice % 9);
                twin?.World.Advance(dice % 9);
                break;
        }
    }

    private static void Vote(Action<Address, Message> send, Case voting, VoteAction action, uint dice)
    {
        CaseJuror juror = voting.Jurors[(int)(dice % (uint)voting.Jurors.Count)];
        Hash256 commit = CaseMath.Commit(ChainId, voting.Id, voting.Round, juror.Address, 5000, HashOf(9));
        send(juror.Address, action == VoteAction.Commit
            ? new VoteDispute(voting.Id, voting.Round, action, commit, 0)
            : new VoteDispute(voting.Id, voting.Round, action, HashOf(9), 5000));
    }

    private static Hash256? AttestedOf(MarketWorld world, in Address subject, uint dice)
    {
        IReadOnlyList<IndexedAttestation> held =
            AttestationIndex.Load(world.State, subject, AttestationSchema.Hardware).Without(world.Now).Entries;
        return held.Count == 0 ? null : held[(int)(dice % (uint)held.Count)].Uid;
    }

    private static ulong Pick(MarketWorld world, CounterKind kind, uint dice)
    {
        ulong last = Counters.Last(world.State, kind);
        return last <= 3 ? Math.Max(1, last) : last - (dice % 3);
    }
}
