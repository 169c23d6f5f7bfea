using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Reputation;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class SealedAuctionTests
{
    private static readonly OrderTerms Second = Terms() with { Mode = AuctionMode.SealedSecond };
    private static readonly OrderTerms First = Terms() with { Mode = AuctionMode.SealedFirst };

    [Fact]
    public void Second_price_order_goes_to_the_lowest_rate_at_the_second_lowest()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder(Second);
        Seal(world, ProviderA, id, 3_000_000);
        Seal(world, ProviderB, id, 4_000_000);
        world.Advance(60);
        Assert.Equal(OrderState.Reveal, world.OrderAt(id).State);
        Reveal(world, ProviderB, id, 4_000_000);
        Reveal(world, ProviderA, id, 3_000_000);
        world.Advance(10);
        Lease lease = world.LeaseAt(1);
        Assert.Equal((ProviderA, 4_000_000UL, 400_000_000UL), (lease.Provider, lease.Terms.RatePerSecond, lease.Bucket));
        Assert.Equal(4_000_000UL * 60, lease.Collateral);
        Assert.Equal(OrderState.Filled, world.OrderAt(id).State);
        Assert.Equal(BidState.Lost, BidStore.Load(world.State, id, ProviderB)!.State);
        Assert.Equal(0UL, world.ProviderAt(ProviderB).Locked);
        Assert.Equal(lease.Collateral, world.ProviderAt(ProviderA).Locked);
        // Two storage deposits were set aside; one is the lease's now.
        Assert.Equal((Storage, Storage), (world.OrderAt(id).StorageDeposit, lease.StorageDeposit));
        Assert.Equal(StartFunds - 400_000_000 - OrderDeposit - (2 * Storage), world.Balance(Tenant));
    }

    [Fact]
    public void First_price_order_pays_what_was_bid_and_a_lone_second_price_bid_gets_the_highest_rate()
    {
        MarketWorld world = new();
        ulong first = world.OpenOrder(First);
        ulong second = world.OpenOrder(Second);
        Seal(world, ProviderA, first, 3_000_000);
        Seal(world, ProviderB, second, 1_000_000);
        world.Advance(60);
        Reveal(world, ProviderA, first, 3_000_000);
        Reveal(world, ProviderB, second, 1_000_000);
        world.Advance(10);
        Assert.Equal(3_000_000UL, world.LeaseAt(1).Terms.RatePerSecond);
        Assert.Equal(RateMax, world.LeaseAt(2).Terms.RatePerSecond);
    }

    [Fact]
    public void P21_unrevealed_deposit_is_lost_exactly_once_and_nobody_who_could_keep_a_reveal_out_gains()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder(First);
        Seal(world, ProviderA, id, 3_000_000);
        Seal(world, ProviderB, id, 4_000_000);
        world.Advance(60);
        Reveal(world, ProviderB, id, 4_000_000);
        ulong tenant = world.Balance(Tenant);
        PoolBalances before = Pools.Load(world.State);
        world.Advance(10);
        PoolBalances after = Pools.Load(world.State);
        Assert.Equal((BidDeposit / 2, BidDeposit / 2), (after.Burned - before.Burned, after.Reliability - before.Reliability));
        Assert.Equal(tenant + ((RateMax - 4_000_000) * 100), world.Balance(Tenant));
        Assert.Equal(BidState.Forfeit, BidStore.Load(world.State, id, ProviderA)!.State);
        Assert.Equal((0UL, 0UL), (world.ProviderAt(ProviderA).Locked, world.Reserved(ProviderA)));
        world.Advance(10_000);
        Assert.Equal(StartFunds - BidDeposit, world.Balance(ProviderA));
        Assert.Equal((after.Burned, after.Reliability), (Pools.Load(world.State).Burned, Pools.Load(world.State).Reliability));
    }

    [Fact]
    public void Sealed_order_without_bids_expires_at_once_and_one_without_reveals_after_the_window()
    {
        MarketWorld world = new();
        ulong empty = world.OpenOrder(First);
        ulong hidden = world.OpenOrder(First);
        Seal(world, ProviderA, hidden, 1);
        world.Advance(60);
        Assert.Equal((OrderState.Expired, OrderState.Reveal), (world.OrderAt(empty).State, world.OrderAt(hidden).State));
        world.Advance(10);
        Assert.Equal(OrderState.Expired, world.OrderAt(hidden).State);
        Assert.Equal(StartFunds - (4 * Storage), world.Balance(Tenant));
        world.Advance(3600);
        Assert.Equal(StartFunds, world.Balance(Tenant));
    }

    [Fact]
    public void Sealed_bid_or_reveal_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        ulong open = world.OpenOrder();
        ulong id = world.OpenOrder(First);
        SealBid good = Sealed(ProviderA, id, 3_000_000);
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, good with { OrderId = 99 }));
        Assert.Equal(ResultCode.NotFound, world.Send(Stranger, good));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, good with { OrderId = open }));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, BidOn(id)));
        Assert.Equal(ResultCode.BadCommit, world.Send(ProviderA, good with { Commit = default }));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, good with { Deposit = 1 }));
        Assert.Equal(ResultCode.InsufficientFunds, world.Send(ProviderA, good with { Deposit = StartFunds }));
        Assert.Equal(ResultCode.Overflow, world.Send(ProviderA, good with { Deposit = ulong.MaxValue }));
        Assert.Equal(ResultCode.TooEarly, world.Send(Tenant, new AcceptBid(id, default)));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new AcceptBid(id, ProviderA)));
        world.Must(ProviderA, good);
        Assert.Equal(ResultCode.Exists, world.Send(ProviderA, good));
        Assert.Equal(ResultCode.TooEarly, world.Send(ProviderA, Revealed(id, 3_000_000)));
        ulong offer = world.PostOffer();
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new TakeOffer(offer, First)));
        world.Advance(60);
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderB, Sealed(ProviderB, id, 1)));
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderA, new WithdrawBid(id)));
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new CancelOrder(id)));
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new Deposit(DepositTarget.Order, id, 1)));
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderB, Revealed(id, 3_000_000)));
        Assert.Equal(ResultCode.Price, world.Send(ProviderA, Revealed(id, RateMax + 1)));
        Assert.Equal(ResultCode.Price, world.Send(ProviderA, Revealed(id, 0)));
        Assert.Equal(ResultCode.BadCommit, world.Send(ProviderA, Revealed(id, 3_000_001)));
        Assert.Equal(ResultCode.BadCommit, world.Send(ProviderA, Revealed(id, 3_000_000) with { Salt = HashOf(99) }));
        world.Must(ProviderA, Revealed(id, 3_000_000));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(ProviderA, Revealed(id, 3_000_000)));
        world.Advance(10);
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderA, Revealed(id, 3_000_000)));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Stranger, new AcceptBid(id, default)));
    }

    [Fact]
    public void A5_commitment_of_another_bidder_or_order_reveals_nothing()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder(First);
        ulong other = world.OpenOrder(First);
        SealBid victims = Sealed(ProviderA, id, 3_000_000);
        world.Must(ProviderA, victims);
        // The copier sends the same commitment, sees the victim's reveal and sends that too.
        world.Must(ProviderB, victims);
        world.Must(ProviderB, victims with { OrderId = other });
        world.Advance(60);
        world.Must(ProviderA, Revealed(id, 3_000_000));
        Assert.Equal(ResultCode.BadCommit, world.Send(ProviderB, Revealed(id, 3_000_000)));
        Assert.Equal(ResultCode.BadCommit, world.Send(ProviderB, Revealed(other, 3_000_000)));
        world.Advance(10);
        world.Advance(10_000);
        // Copying costs both deposits.
        Assert.Equal(StartFunds - (2 * BidDeposit), world.Balance(ProviderB));
    }

    [Fact]
    public void Anybody_triggers_a_sealed_match_that_the_timed_moves_have_not_reached()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder(First);
        Seal(world, ProviderA, id, 3_000_000);
        world.Advance(60);
        Reveal(world, ProviderA, id, 3_000_000);
        world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, 0);
        world.Advance(10);
        world.Must(Stranger, new AcceptBid(id, default));
        Assert.Equal(ProviderA, world.LeaseAt(1).Provider);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Stranger, new AcceptBid(id, default)));
    }

    [Fact]
    public void A7_sealed_order_keeps_the_best_of_many_and_refunds_the_rest()
    {
        MarketWorld world = new(Parameters.Devnet.With(ParameterId.BidCap, 2));
        ulong id = world.OpenOrder(First);
        List<Address> many = [];
        for (byte i = 0; i < 20; i++)
        {
            Address provider = AddressOf((byte)(100 + i));
            world.Mint(provider, StartFunds);
            world.AddProvider(provider, "eu");
            Seal(world, provider, id, 4_000_000UL - i);
            many.Add(provider);
        }
        Seal(world, ProviderA, id, 1_000_000);
        world.Advance(60);
        foreach (Address provider in many) Reveal(world, provider, id, 4_000_000 - (ulong)many.IndexOf(provider));
        // Full of others, and still the best one gets in.
        Reveal(world, ProviderA, id, 1_000_000);
        Assert.Equal(2, world.OrderAt(id).Bids.Count);
        world.Advance(10);
        Assert.Equal(ProviderA, world.LeaseAt(1).Provider);
        foreach (Address provider in many[..18]) Assert.Equal(StartFunds, world.Balance(provider));
    }

    [Fact]
    public void Replicas_go_to_different_providers_within_the_limit_of_each_region()
    {
        MarketWorld world = new();
        Address third = AddressOf(30);
        Address fourth = AddressOf(31);
        foreach (Address provider in (Address[])[third, fourth])
        {
            world.Mint(provider, StartFunds);
            world.AddProvider(provider, "eu");
        }
        OrderTerms spread = Terms(replicas: 3) with { Mode = AuctionMode.SealedSecond, RegionMax = 1 };
        ulong id = world.OpenOrder(spread);
        Seal(world, ProviderA, id, 1_000_000);
        Seal(world, third, id, 2_000_000);
        Seal(world, fourth, id, 2_500_000);
        Seal(world, ProviderB, id, 3_000_000);
        world.Advance(60);
        Reveal(world, ProviderA, id, 1_000_000);
        Reveal(world, third, id, 2_000_000);
        Reveal(world, fourth, id, 2_500_000);
        Reveal(world, ProviderB, id, 3_000_000);
        world.Advance(10);
        // One in "eu", one in "us"; nobody else has another region.
        Assert.Equal((ProviderA, ProviderB), (world.LeaseAt(1).Provider, world.LeaseAt(2).Provider));
        // The price of the first is the best loser's; nobody ranks behind the second.
        Assert.Equal((2_000_000UL, RateMax), (world.LeaseAt(1).Terms.RatePerSecond, world.LeaseAt(2).Terms.RatePerSecond));
        Assert.Equal(OrderState.Expired, world.OrderAt(id).State);
        Assert.Equal(0UL, world.OrderAt(id).Escrow + world.OrderAt(id).Deposit);
        ulong open = world.OpenOrder(Terms(replicas: 2) with { RegionMax = 1 });
        world.Must(ProviderA, BidOn(open));
        world.Must(third, BidOn(open));
        world.Must(Tenant, new AcceptBid(open, ProviderA));
        Assert.Equal(ResultCode.RegionMismatch, world.Send(Tenant, new AcceptBid(open, third)));
    }

    [Fact]
    public void Reputation_lists_and_quality_decide_who_may_bid_and_who_is_best()
    {
        MarketWorld world = new();
        OrderNeeds needs = Terms().Needs;
        ulong picky = world.OpenOrder(Terms() with { Needs = needs with { ReputationMinBps = 1 } });
        ulong allowed = world.OpenOrder(Terms() with { Needs = needs with { Allowed = [ProviderB] } });
        ulong denied = world.OpenOrder(Terms() with { Needs = needs with { Denied = [ProviderA] } });
        Assert.Equal(ResultCode.TierMismatch, world.Send(ProviderA, BidOn(picky)));
        Assert.Equal(ResultCode.NoMatch, world.Send(ProviderA, BidOn(allowed)));
        Assert.Equal(ResultCode.NoMatch, world.Send(ProviderA, BidOn(denied)));
        world.Must(ProviderB, BidOn(allowed));
        world.Must(ProviderB, BidOn(denied));
        foreach (ReputationPart part in (ReputationPart[])[ReputationPart.Availability, ReputationPart.Exit, ReputationPart.Dispute, ReputationPart.Proof])
        {
            world.State.Put(StoreId.Market, ReputationBook.Key(ProviderA, part), new ReputationCounter(
                [new(ReputationBook.SeasonOf(world.Now, world.Parameters) - 1, 100_000_000, 100_000_000)]).Encode());
        }
        world.Must(ProviderA, BidOn(picky));
        // 90 % of the parts at 97.4 % each, and no reviews: a dearer bid of a better provider wins.
        Assert.Equal(8762UL, ReputationBook.BpsOf(world.State, ProviderA, world.Now, world.Parameters));
        ulong id = world.OpenOrder(First);
        Seal(world, ProviderA, id, 4_000_000);
        Seal(world, ProviderB, id, 3_000_000);
        world.Advance(60);
        Reveal(world, ProviderA, id, 4_000_000);
        Reveal(world, ProviderB, id, 3_000_000);
        world.Advance(10);
        Assert.Equal((ProviderA, 4_000_000UL), (world.LeaseAt(1).Provider, world.LeaseAt(1).Terms.RatePerSecond));
    }

    [Fact]
    public void P20_second_price_is_never_below_the_own_rate_nor_above_the_highest()
    {
        Gen<(ulong A, ulong B, ulong Q1, ulong Q2)> bids =
            from a in Gen.Choose(1, 1_000_000)
            from b in Gen.Choose(1, 1_000_000)
            from q1 in Gen.Choose(5000, 10_000)
            from q2 in Gen.Choose(5000, 10_000)
            select ((ulong)a, (ulong)b, (ulong)q1, (ulong)q2);
        Prop.ForAll(bids.ToArbitrary(), bid =>
        {
            ListedBid one = new(ProviderA, bid.A, bid.Q1);
            ListedBid two = new(ProviderB, bid.B, bid.Q2);
            bool isFirst = AuctionMath.Compare(7, one, two) < 0;
            Assert.Equal(!isFirst, AuctionMath.Compare(7, two, one) < 0);
            (ListedBid winner, ListedBid loser) = isFirst ? (one, two) : (two, one);
            ulong price = AuctionMath.SecondPrice(winner, loser, 1_000_000);
            Assert.InRange(price, winner.RatePerSecond, 1_000_000UL);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void P20_winner_does_not_depend_on_the_order_of_commits_or_reveals()
    {
        string? expected = null;
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (int[] commits in orders)
        {
            foreach (int[] reveals in orders)
            {
                MarketWorld world = new();
                world.AddProvider(Stranger, "eu");
                Address[] people = [ProviderA, ProviderB, Stranger];
                // Two tie, so that the tie-break is tried as well.
                ulong[] rates = [2_000_000, 2_000_000, 3_000_000];
                ulong id = world.OpenOrder(Second);
                foreach (int i in commits) Seal(world, people[i], id, rates[i]);
                world.Advance(60);
                foreach (int i in reveals) Reveal(world, people[i], id, rates[i]);
                world.Advance(10);
                string got = $"{world.LeaseAt(1).Provider} at {world.LeaseAt(1).Terms.RatePerSecond}";
                expected ??= got;
                Assert.Equal(expected, got);
            }
        }
    }

    private static Hash256 SaltOf(in Address bidder, ulong order) =>
        Primitives.Crypto.Sha256.Hash(bidder.Span, BitConverter.GetBytes(order));

    private static SealBid Sealed(in Address bidder, ulong order, ulong rate) =>
        new(order, AuctionMath.Commit(ChainId, order, bidder, rate, HashOf(42)), BidDeposit, 20);

    private static RevealBid Revealed(ulong order, ulong rate) => new(order, rate, HashOf(42));

    private static void Seal(MarketWorld world, in Address bidder, ulong order, ulong rate) => world.Must(bidder, new SealBid(
        order, AuctionMath.Commit(ChainId, order, bidder, rate, SaltOf(bidder, order)), BidDeposit, 20));

    private static void Reveal(MarketWorld world, in Address bidder, ulong order, ulong rate) =>
        world.Must(bidder, new RevealBid(order, rate, SaltOf(bidder, order)));
}
