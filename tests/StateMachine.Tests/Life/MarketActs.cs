using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>The market: kinds 6 to 18.</summary>
internal static class MarketActs
{
    private static readonly Hash256 Salt = MarketWorld.HashOf(1);

    public static Deed? OpenOrder(LifeWorld world, Dice dice)
    {
        OrderTerms terms = MarketWorld.Terms((byte)(1 + dice.Next(2)), minTerm: dice.Next(90), prepaid: 20 + dice.Next(50)) with
        {
            Mode = dice.Of(AuctionMode.Open, AuctionMode.Open, AuctionMode.SealedFirst, AuctionMode.SealedSecond),
            OpenSeconds = 4 + dice.Next(30),
            RegionMax = (byte)(dice.OneIn(4) ? 1 : 0),
            Renewals = (byte)(dice.OneIn(2) ? dice.Next(4) : 0),
        };
        AttestationSchema[] schemas = dice.OneIn(8) ? [AttestationSchema.Hardware] : [];
        ulong reputation = dice.OneIn(12) ? dice.Next(500) : 0;
        return new Deed(
            dice.Of(Tenants), new OpenOrder(terms with { Needs = terms.Needs with { Schemas = schemas, ReputationMinBps = reputation } }));
    }

    public static Deed? TakeOffer(LifeWorld world, Dice dice) => new(
        dice.Of(Tenants), new TakeOffer(
            world.Newest(CounterKind.Offer, dice), MarketWorld.Terms(minTerm: dice.Next(90), prepaid: 20 + dice.Next(40))));

    public static Deed? PostOffer(LifeWorld world, Dice dice) => new(
        Bidder(dice), ChangeOffer.Post(MarketWorld.OfferOf(1 + dice.Next(5_000_000), minTerm: dice.Next(30)), 1 + dice.Next(60)));

    public static Deed? WithdrawOffer(LifeWorld world, Dice dice)
    {
        ulong id = world.Newest(CounterKind.Offer, dice);
        return OfferStore.Read(world.Chain.State, id) is { } offer ? new Deed(NameOf(offer.Provider), ChangeOffer.Withdraw(id)) : null;
    }

    public static Deed? CancelOrder(LifeWorld world, Dice dice) =>
        OrderOf(world, dice) is { } order ? new Deed(NameOf(order.Tenant), new CancelOrder(order.Id)) : null;

    public static Deed? Bid(LifeWorld world, Dice dice)
    {
        if (OrderOf(world, dice) is not { } order) return null;
        string bidder = Bidder(dice);
        if (!order.IsSealed) return new Deed(bidder, MarketWorld.BidOn(order.Id, rate: 1 + dice.Next(5_000_000)));
        Hash256 commit = AuctionMath.Commit(world.Chain.Genesis.ChainId, order.Id, AddressOf(bidder), SealedRate(order.Id, bidder), Salt);
        return new Deed(bidder, new SealBid(order.Id, commit, MarketWorld.BidDeposit, 20));
    }

    public static Deed? Reveal(LifeWorld world, Dice dice)
    {
        if (OrderOf(world, dice) is not { Bids.Count: > 0 } order) return null;
        string bidder = NameOf(order.Bids[(int)dice.Next((uint)order.Bids.Count)].Provider);
        return new Deed(bidder, new RevealBid(order.Id, SealedRate(order.Id, bidder) + (dice.OneIn(8) ? 1UL : 0), Salt));
    }

    public static Deed? WithdrawBid(LifeWorld world, Dice dice) => OrderOf(world, dice) is { Bids.Count: > 0 } order
        ? new Deed(NameOf(order.Bids[(int)dice.Next((uint)order.Bids.Count)].Provider), new WithdrawBid(order.Id))
        : null;

    public static Deed? Accept(LifeWorld world, Dice dice)
    {
        if (OrderOf(world, dice) is not { Bids.Count: > 0 } order) return null;
        Address chosen = order.IsSealed ? default : order.Bids[(int)dice.Next((uint)order.Bids.Count)].Provider;
        return new Deed(NameOf(order.Tenant), new AcceptBid(order.Id, chosen));
    }

    /// <summary>Both sides in turn: first whoever is not ready.</summary>
    public static Deed? Start(LifeWorld world, Dice dice)
    {
        if (LeaseOf(world, dice) is not { } lease) return null;
        bool isTenant = lease.State == LeaseState.Pending && !lease.IsTenantReady && !dice.OneIn(8);
        return isTenant
            ? new Deed(NameOf(lease.Tenant), new StartLease(lease.Id, default, default))
            : new Deed(NameOf(lease.Provider), new StartLease(lease.Id, MarketWorld.HashOf(7), MarketWorld.HashOf(8)));
    }

    public static Deed? StartPending(LifeWorld world, Dice dice) =>
        LeaseStore.Read(world.Chain.State, Counters.Last(world.Chain.State, CounterKind.Lease)) is { State: LeaseState.Pending } ? Start(world, dice) : null;

    public static Deed? RevealInTime(LifeWorld world, Dice dice)
    {
        ulong last = Counters.Last(world.Chain.State, CounterKind.Order);
        for (ulong id = last > 4 ? last - 4 : 1; id <= last; id++)
        {
            if (OrderStore.Read(world.Chain.State, id) is not { State: OrderState.Reveal } order) continue;
            foreach (ListedBid bid in order.Bids)
            {
                string bidder = NameOf(bid.Provider);
                if (bid.RatePerSecond == 0) return new Deed(bidder, new RevealBid(id, SealedRate(id, bidder), Salt));
            }
        }
        return null;
    }

    public static Deed? AcceptOpen(LifeWorld world, Dice dice) =>
        OrderOf(world, dice) is { IsSealed: false, TakesBids: true, Bids.Count: > 0 } ? Accept(world, dice) : Bid(world, dice);

    public static Deed? Amend(LifeWorld world, Dice dice)
    {
        if (LeaseOf(world, dice) is not { } lease) return null;
        string party = PartyOf(lease, dice);
        return AmendmentStore.Read(world.Chain.State, lease.Id) is { } asked && !dice.OneIn(4)
            ? new Deed(party, new AmendLease(lease.Id, AmendAction.Accept, asked.Terms, 0))
            : new Deed(party, new AmendLease(
                lease.Id, AmendAction.Propose, new AmendedTerms(new ResourceVector(1 + dice.Next(3000)), 1 + dice.Next(5_000_000), dice.Next(90)), 1 + dice.Next(20)));
    }

    public static Deed? Close(LifeWorld world, Dice dice) => LeaseOf(world, dice) is { } lease
        ? new Deed(PartyOf(lease, dice), new CloseLease(lease.Id, CloseReason.Done, dice.OneIn(2) ? CloseMode.Notice : CloseMode.Now))
        : null;

    public static Deed? Deposit(LifeWorld world, Dice dice) => dice.OneIn(4)
        ? new Deed("ivan", new Deposit(DepositTarget.Order, world.Newest(CounterKind.Order, dice), dice.Next(50_000_000)))
        : new Deed("ivan", new Deposit(DepositTarget.Lease, world.Newest(CounterKind.Lease, dice), dice.Next(50_000_000)));

    public static Deed? Withdraw(LifeWorld world, Dice dice) => LeaseOf(world, dice) is { } lease
        ? new Deed(PartyOf(lease, dice), new Withdraw(lease.Id, dice.OneIn(3) ? dice.Next(9_000_000) : 0))
        : null;

    public static Deed? Settle(LifeWorld world, Dice dice) => new("ivan", new SettleLeases([world.Newest(CounterKind.Lease, dice)]));

    /// <summary>A lease that is not over, if there is one among the newest.</summary>
    public static Lease? LeaseOf(LifeWorld world, Dice dice)
    {
        Lease? found = null;
        for (int i = 0; i < 3 && found is not { IsLive: true }; i++)
        {
            found = LeaseStore.Read(world.Chain.State, world.Newest(CounterKind.Lease, dice)) ?? found;
        }
        return found;
    }

    public static string PartyOf(Lease lease, Dice dice) => NameOf(dice.OneIn(2) ? lease.Tenant : lease.Provider);

    private static Order? OrderOf(LifeWorld world, Dice dice) => OrderStore.Read(world.Chain.State, world.Newest(CounterKind.Order, dice));

    private static string Bidder(Dice dice) => dice.Of([.. ProviderActors, .. Newcomers]);

    private static ulong SealedRate(ulong order, string bidder) => 1 + (((order * 7919) + (ulong)bidder.Length + bidder[^1]) * 104_729 % MarketWorld.RateMax);
}
