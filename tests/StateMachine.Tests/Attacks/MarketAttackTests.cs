using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions.Transfer;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Attacks;

/// <summary>Attacks on auctions, leases and money: A6 to A14 of marketplace.md section 4.</summary>
public sealed class MarketAttackTests
{
    private readonly AttackWorld _attack = new();

    private MarketWorld World => _attack.World;

    [Fact]
    public void A6_shill_beside_the_own_bid_raises_no_second_price()
    {
        ulong alone = Auction(shill: false);
        ulong ring = Auction(shill: true);
        Assert.Equal((3_000_000UL, 3_000_000UL), (World.LeaseAt(alone).Terms.RatePerSecond, World.LeaseAt(ring).Terms.RatePerSecond));
        // Nor does a shill that stays hidden: it costs the deposit of the bid, and the price is the honest second's.
        ulong order = World.OpenOrder(Terms() with { Mode = AuctionMode.SealedSecond });
        Seal(order, Ring, 1_000_000);
        Seal(order, Shill, 5_000_000);
        Seal(order, ProviderA, 3_000_000);
        World.Advance(60);
        Reveal(order, Ring, 1_000_000);
        Reveal(order, ProviderA, 3_000_000);
        World.Advance(10);
        Assert.Equal(3_000_000UL, World.LeaseAt(Started()).Terms.RatePerSecond);
        // Three leases were never started: three deposits of the winner, one of the shill.
        Assert.Equal(-4 * (Int128)BidDeposit, _attack.NetOf(Ring, Shill));
    }

    [Fact]
    public void A7_slots_of_an_order_cannot_be_filled_with_dear_bids()
    {
        World.Parameters = World.Parameters.With(ParameterId.BidCap, 2);
        ulong order = World.OpenOrder();
        Address[] blockers = [_attack.NewProvider(50), _attack.NewProvider(51), _attack.NewProvider(52)];
        foreach (Address blocker in blockers[..2]) World.Must(blocker, BidOn(order, RateMax));
        // Full, and still whoever is better gets in; one as dear does not.
        Assert.Equal(ResultCode.BidCap, World.Send(blockers[2], BidOn(order, RateMax)));
        World.Must(ProviderA, BidOn(order, RateMax - 1));
        World.Must(Tenant, new AcceptBid(order, ProviderA));
        Assert.Equal(ProviderA, World.LeaseAt(1).Provider);
        // Blocking gained nothing; deposits and stake were tied up, and each try costs a transaction.
        Assert.Equal(0, _attack.NetOf(blockers));
    }

    [Fact]
    public void A8_orders_opened_to_be_cancelled_pay_those_who_bid_on_them()
    {
        const int Count = 30;
        Address spammer = _attack.Newcomer(50);
        for (int i = 0; i < Count; i++)
        {
            World.Must(spammer, new OpenOrder(Terms()));
            ulong order = Counters.Last(World.State, CounterKind.Order);
            World.Must(ProviderA, BidOn(order));
            World.Must(ProviderB, BidOn(order));
            World.Must(spammer, new CancelOrder(order));
        }
        // 5 % of each deposit of 20,000,000, split between the two.
        Assert.Equal(-Count * 1_000_000, _attack.NetOf(spammer));
        Assert.Equal(Count * 500_000, _attack.NetOf(ProviderA));
        Assert.Equal(Count * 500_000, _attack.NetOf(ProviderB));
    }

    [Fact]
    public void A9_whoever_wins_and_never_starts_pays_the_other()
    {
        // A provider that never starts, and a tenant that never sends its manifest.
        ulong first = World.MakeLease();
        World.Must(Tenant, new StartLease(first, default, default));
        World.Advance(40);
        Assert.Equal(LeaseState.NoShowProvider, World.LeaseAt(first).State);
        Assert.Equal(-(Int128)BidDeposit, _attack.NetOf(ProviderA));
        Assert.Equal((Int128)BidDeposit, _attack.NetOf(Tenant));
        World.MakeLease();
        World.Advance(20);
        Assert.Equal((Int128)BidDeposit - OrderDeposit, _attack.NetOf(Tenant));
        Assert.Equal((Int128)OrderDeposit - BidDeposit, _attack.NetOf(ProviderA));
    }

    [Fact]
    public void A10_provider_that_walks_away_pays_for_the_notice_it_did_not_give()
    {
        ulong lease = _attack.Lease(Tenant, ProviderA);
        World.Advance(10);
        _attack.Close(lease, ProviderA);
        // Earned: ten seconds less 2 %. Paid to the tenant: 20 s of notice.
        Assert.Equal(39_200_000 - (20 * 4_000_000), _attack.NetOf(ProviderA));
        Assert.Equal(-40_000_000 + (20 * 4_000_000), _attack.NetOf(Tenant));
    }

    /// <summary>
    /// Three under one hand bid next to nothing, win each renewal and leave: the first never starts, as A9 has it. The least collateral
    /// stands behind the lowest rate, so each of them pays, and the tenant is paid and served in the end.
    /// </summary>
    [Fact]
    public void A10_ring_that_takes_and_leaves_each_renewal_of_a_standing_order_pays_each_time()
    {
        Address[] ring = [_attack.NewProvider(50), _attack.NewProvider(51), _attack.NewProvider(52)];
        ulong order = World.OpenOrder(Terms() with { Mode = AuctionMode.SealedFirst, OpenSeconds = 20, Renewals = 3 });
        foreach (Address member in ring)
        {
            ulong lease = _attack.WinSealed(order, member, rate: 1);
            World.Must(Tenant, new StartLease(lease, default, default));
            if (member == ring[0])
            {
                World.Advance(40);
                continue;
            }
            World.Must(member, new StartLease(lease, HashOf(7), HashOf(8)));
            _attack.Close(lease, member);
        }
        ulong last = _attack.WinSealed(order, ProviderA, rate: 4_000_000);
        World.Must(Tenant, new StartLease(last, default, default));
        World.Must(ProviderA, new StartLease(last, HashOf(7), HashOf(8)));
        World.Advance(100 + 10);
        Assert.Equal(CloseReason.OutOfFunds, World.LeaseAt(last).Reason);
        Assert.Equal(-(Int128)BidDeposit, _attack.NetOf(ring[0]));
        Assert.Equal(-100_000_000, _attack.NetOf(ring[1]));
        Assert.Equal(-100_000_000, _attack.NetOf(ring[2]));
        Assert.Equal((Int128)BidDeposit + 200_000_000 - (100 * 4_000_000), _attack.NetOf(Tenant));
    }

    [Fact]
    public void A11_settling_every_second_gains_nothing_and_dust_saves_less_than_a_fee_each_epoch()
    {
        ulong often = _attack.Lease(Tenant, ProviderA, rate: 3_999_999, prepaid: 100);
        ulong once = _attack.Lease(Stranger, ProviderB, rate: 3_999_999, prepaid: 100);
        for (int i = 0; i < 100; i++)
        {
            World.Advance(1);
            World.Must(ProviderA, new SettleLeases([often]));
        }
        Assert.Equal(World.LeaseAt(once).FeeTotal, World.LeaseAt(often).FeeTotal);
        Assert.Equal(World.LeaseAt(once).Claimable, World.LeaseAt(often).Claimable);
        Assert.Equal(_attack.NetOf(ProviderB), _attack.NetOf(ProviderA));
        // A lease of one ncredit a second escapes the fee: less than one ncredit for each epoch that begins.
        Address mallory = _attack.NewProvider(50);
        ulong dust = _attack.Lease(Tenant, mallory, rate: 1, prepaid: 1000);
        World.Advance(1000);
        Assert.Equal((1000UL, 0UL), (World.LeaseAt(dust).DueTotal, World.LeaseAt(dust).FeeTotal));
        ulong saved = 1000 / 50;
        // One transaction costs more than that, at the lowest fee that there is.
        Assert.True(saved < 1000 * World.Parameters.BaseFeeFloor);
        Assert.Equal(1000, _attack.NetOf(mallory));
    }

    [Fact]
    public void A12_tenant_without_funds_gets_no_second_that_it_has_not_paid()
    {
        ulong lease = _attack.Lease(Tenant, ProviderA, prepaid: 30);
        World.Advance(2000);
        Assert.Equal(30 * 4_000_000UL, World.LeaseAt(lease).DueTotal);
        Assert.Equal(LeaseState.Final, World.LeaseAt(lease).State);
        // The provider has all of the bucket less 2 %: nobody owes anything.
        Assert.Equal(30 * 4_000_000L * 98 / 100, _attack.NetOf(ProviderA));
        Assert.Equal(-30 * 4_000_000, _attack.NetOf(Tenant));
    }

    [Fact]
    public void A13_each_lease_has_its_own_bucket_and_no_order_of_settling_favours_one()
    {
        Assert.Equal(Settled([1, 2]), Settled([2, 1]));
        (Int128 ofA, Int128 ofB) = Settled([1, 2]);
        // The one whose bucket was small does not eat from the other's.
        Assert.Equal((20 * 4_000_000L * 98 / 100, 100 * 4_000_000L * 98 / 100), ((long)ofA, (long)ofB));
    }

    [Fact]
    public void A14_amounts_at_the_edge_are_refused_and_change_nothing()
    {
        List<string> before = World.Dump();
        ulong[] extremes = [ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63, MarketLimits.RatePerSecondMax, MarketLimits.SecondsMax];
        foreach (ulong amount in extremes)
        {
            foreach (ulong other in extremes)
            {
                OrderTerms terms = Terms() with { RateMax = amount, PrepaidSeconds = other };
                Assert.Contains(World.Send(Tenant, new OpenOrder(terms)), Refusals);
            }
        }
        foreach (ulong amount in extremes[..3])
        {
            Assert.Contains(World.Send(Tenant, new OpenOrder(Terms() with { Deposit = amount, Replicas = 2 })), Refusals);
            Assert.Contains(World.Send(Stranger, new Transfer(Tenant, amount, default)), Refusals);
            Assert.Contains(World.Send(Stranger, new OpenTask(HashOf(1), amount, 5, ulong.MaxValue)), Refusals);
        }
        Assert.Equal(before, World.Dump());
        Assert.Equal(0, _attack.NetOf(Tenant, Stranger));
    }

    private static readonly ResultCode[] Refusals =
        [ResultCode.Overflow, ResultCode.OverMaximum, ResultCode.InsufficientFunds, ResultCode.BelowMinimum];

    private static Address Ring => AddressOf(80);

    private static Address Shill => AddressOf(81);

    /// <summary>The ring bids lowest, an honest provider 3,000,000, and the shill, where there is one, far above.</summary>
    private ulong Auction(bool shill)
    {
        if (Providers.Load(World.State, Ring) is null)
        {
            _attack.NewProvider(80);
            _attack.NewProvider(81);
        }
        ulong order = World.OpenOrder(Terms() with { Mode = AuctionMode.SealedSecond });
        Seal(order, Ring, 1_000_000);
        Seal(order, ProviderA, 3_000_000);
        if (shill) Seal(order, Shill, 5_000_000);
        World.Advance(60);
        Reveal(order, Ring, 1_000_000);
        Reveal(order, ProviderA, 3_000_000);
        if (shill) Reveal(order, Shill, 5_000_000);
        World.Advance(10);
        return Started();
    }

    /// <summary>The tenant does its part of the newest lease.</summary>
    private ulong Started()
    {
        ulong lease = Counters.Last(World.State, CounterKind.Lease);
        World.Must(Tenant, new StartLease(lease, default, default));
        return lease;
    }

    private void Seal(ulong order, in Address bidder, ulong rate) =>
        World.Must(bidder, new SealBid(order, AuctionMath.Commit(ChainId, order, bidder, rate, HashOf(1)), BidDeposit, 20));

    private void Reveal(ulong order, in Address bidder, ulong rate) => World.Must(bidder, new RevealBid(order, rate, HashOf(1)));

    private static (Int128 A, Int128 B) Settled(ulong[] order)
    {
        AttackWorld attack = new();
        attack.Lease(Tenant, ProviderA, prepaid: 20);
        attack.Lease(Tenant, ProviderB, prepaid: 100);
        for (int i = 0; i < 100; i++)
        {
            attack.World.Advance(1);
            foreach (ulong id in order) attack.World.Send(Stranger, new SettleLeases([id]));
        }
        return (attack.NetOf(ProviderA), attack.NetOf(ProviderB));
    }
}
