using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

/// <summary>Turns numbers into steps of a market, so that a property test can try many of them.</summary>
internal static class MarketScript
{
    private const uint Time = 20;

    /// <summary>Steps by number; some stand more often, so that many leases come to life.</summary>
    private static readonly uint[] Actions = [0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 8, 8, 8, 9, 10, 10, 11, 12, 13, 13, 14, 15, 15, 16, 16, 17, 17, 18, Time, Time, Time, Time];

    /// <summary>Runs the steps and answers each message's code; <paramref name="check"/> is called after each.</summary>
    public static List<ResultCode> Run(MarketWorld world, int[] steps, Action? check = null)
    {
        List<ResultCode> codes = [];
        foreach (int step in steps)
        {
            if (Step(world, step) is { } code) codes.Add(code);
            check?.Invoke();
        }
        return codes;
    }

    /// <summary>One step: the code of a message, or null where time passed.</summary>
    public static ResultCode? Step(MarketWorld world, int step)
    {
        uint action = Actions[step % Actions.Length];
        uint dice = (uint)(step / Actions.Length);
        if (action != Time) return Act(world, action, dice);
        world.Advance(dice % 8 == 0 ? dice / 8 % 60 : dice % 12);
        return null;
    }

    /// <summary>What must hold of every provider, lease, bid and order, whatever happened (marketplace.md 5.6: P3 to P5, P8, P9).</summary>
    public static void CheckInvariants(MarketWorld world)
    {
        foreach (Address address in (Address[])[ProviderA, ProviderB])
        {
            Provider provider = world.ProviderAt(address);
            Assert.True(provider.Locked <= provider.Bonded);
            ulong locked = 0, reserved = 0, leased = 0, live = 0;
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Order); id++)
            {
                if (BidStore.Load(world.State, id, address) is not { } bid) continue;
                locked += bid.Collateral;
                if (bid.State == BidState.Open) reserved += world.OrderAt(id).Terms.Needs.Resources.CpuMilli;
                else Assert.True(bid.Held == bid.StorageDeposit);
            }
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Lease); id++)
            {
                if (LeaseStore.Read(world.State, id) is not { } lease || lease.Provider != address) continue;
                CheckLease(world, lease);
                locked += lease.Collateral;
                if (lease.State <= LeaseState.Notice) leased += lease.Terms.Resources.CpuMilli;
                if (lease.State <= LeaseState.Closed) live++;
            }
            Assert.Equal((locked, reserved, leased, live), (
                provider.Locked, world.Reserved(address), world.Leased(address), provider.LiveLeases));
        }
    }

    private static void CheckLease(MarketWorld world, Lease lease)
    {
        // The claim never exceeds what time has earned: no debt, and nothing is paid for time that was not bought.
        bool hasStarted = lease.StartedAt != default;
        ulong seconds = hasStarted ? lease.SettledAt.Seconds - lease.StartedAt.Seconds : 0;
        if (world.Changed.Contains(lease.Id)) Assert.True(lease.DueTotal <= RateMax * seconds);
        else Assert.Equal(lease.Terms.RatePerSecond * seconds, lease.DueTotal);
        Assert.True(lease.SettledAt <= world.Now);
        // Solvent: whatever it pays from now on it holds, and what it paid so far is with the provider, in fees, or held.
        Assert.True(!lease.IsPaying || lease.PaidUntil.Seconds - lease.SettledAt.Seconds <= lease.Bucket / lease.Terms.RatePerSecond);
        Assert.True(lease.FeeTotal <= lease.DueTotal && lease.Pending <= lease.DueTotal);
        if (lease.State >= LeaseState.Final) Assert.True(lease.Held == lease.StorageDeposit && lease.Collateral == 0);
        if (lease.State == LeaseState.Closed) Assert.Equal((0UL, 0UL), (lease.Bucket, lease.Pending));
    }

    private static ResultCode Act(MarketWorld world, uint action, uint dice)
    {
        ulong order = Pick(Counters.Last(world.State, CounterKind.Order), dice);
        ulong lease = Pick(Counters.Last(world.State, CounterKind.Lease), dice);
        ulong offer = Pick(Counters.Last(world.State, CounterKind.Offer), dice);
        Address provider = dice % 2 == 0 ? ProviderA : ProviderB;
        Address supplier = LeaseStore.Read(world.State, lease)?.Provider ?? provider;
        Address party = dice / 3 % 2 == 0 ? Tenant : supplier;
        Message message = action switch
        {
            0 => new OpenOrder(Terms((byte)(1 + (dice % 2)), minTerm: dice % 90, prepaid: 20 + (dice % 40)) with { Renewals = (byte)(dice / 7 % 4) }),
            1 => BidOn(order, rate: 1 + (dice % 5_000_000)),
            2 => new AcceptBid(order, provider),
            3 => new StartLease(lease, default, default),
            4 => new StartLease(lease, HashOf(7), HashOf(8)),
            5 => new SettleLeases([lease]),
            6 => new Withdraw(lease, dice % 3 == 0 ? 0 : dice),
            7 => new CloseLease(lease, CloseReason.Done, dice % 3 == 0 ? CloseMode.Notice : CloseMode.Now),
            8 => new WriteReview(lease, ReviewAction.Rate, new Stars(1, 2, (byte)(1 + (dice % 5))), HashOf(6)),
            10 => new Deposit(dice % 4 == 0 ? DepositTarget.Order : DepositTarget.Lease, dice % 4 == 0 ? order : lease, dice % 50_000_000),
            11 => new WithdrawBid(order),
            12 => new CancelOrder(order),
            13 => ChangeOffer.Post(OfferOf(1 + (dice % 5_000_000), minTerm: dice % 30), 1 + (dice % 60)),
            14 => ChangeOffer.Withdraw(offer),
            16 => new AmendLease(
                lease, AmendAction.Propose, new AmendedTerms(new ResourceVector(1 + (dice % 3000)), 1 + (dice % 5_000_000), dice % 90), 1 + (dice % 20)),
            17 => new AmendLease(lease, AmendAction.Accept, AskedFor(world, lease), 0),
            15 => new TakeOffer(offer, Terms(minTerm: dice % 90, prepaid: 20 + (dice % 40))),
            18 => new Revoke(AttestedOf(world, dice), RevokeReason.Superseded),
            _ => new Attest(
                new AttestationClaim(
                    AttestationSchema.Hardware, ProviderA, default, HashOf(3), HashOf((byte)(dice % 256)), world.Now,
                    world.Now + 11 + (dice % 60)), 100_000_000),
        };
        Address sender = action switch
        {
            0 or 2 or 3 or 12 or 15 => Tenant,
            1 or 11 or 13 or 14 => provider,
            4 => supplier,
            9 or 18 => Issuer,
            10 => Stranger,
            _ => party,
        };
        return world.Send(sender, message);
    }

    private static AmendedTerms AskedFor(MarketWorld world, ulong lease) =>
        AmendmentStore.Read(world.State, lease)?.Terms ?? new AmendedTerms(new ResourceVector(1), 1, 1);

    /// <summary>An attestation of provider A that has not expired, whether the timed moves lag or not; or nothing's hash.</summary>
    private static Hash256 AttestedOf(MarketWorld world, uint dice)
    {
        IReadOnlyList<IndexedAttestation> held =
            AttestationIndex.Load(world.State, ProviderA, AttestationSchema.Hardware).Without(world.Now).Entries;
        return held.Count == 0 ? default : held[(int)(dice % (uint)held.Count)].Uid;
    }

    /// <summary>Mostly one of the newest, so that scripts get somewhere.</summary>
    private static ulong Pick(ulong last, uint dice) => last <= 3 ? Math.Max(1, last) : last - (dice % 3);
}
