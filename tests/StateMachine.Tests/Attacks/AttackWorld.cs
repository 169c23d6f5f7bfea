using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Attacks;

/// <summary>A market that keeps books of who has won or lost how much since the beginning, stake and deposits included.</summary>
internal sealed class AttackWorld
{
    /// <summary>Longer than every window and record of a development network, unbonding included.</summary>
    private const ulong EverythingIsOver = 4_000;

    public MarketWorld World { get; init; } = new();

    /// <summary>Somebody new with the funds that everybody begins with.</summary>
    public Address Newcomer(byte number)
    {
        Address address = AddressOf(number);
        World.Mint(address, StartFunds);
        return address;
    }

    public Address NewProvider(byte number, string region = "eu")
    {
        Address address = Newcomer(number);
        World.AddProvider(address, region);
        return address;
    }

    /// <summary>A lease from opening to start, between any two.</summary>
    public ulong Lease(in Address tenant, in Address provider, ulong rate = 4_000_000, ulong prepaid = 100, ulong minTerm = 0)
    {
        World.Must(tenant, new OpenOrder(Terms(prepaid: prepaid, minTerm: minTerm)));
        ulong order = Counters.Last(World.State, CounterKind.Order);
        World.Must(provider, BidOn(order, rate));
        World.Must(tenant, new AcceptBid(order, provider));
        ulong lease = Counters.Last(World.State, CounterKind.Lease);
        World.Must(tenant, new StartLease(lease, default, default));
        World.Must(provider, new StartLease(lease, HashOf(7), HashOf(8)));
        return lease;
    }

    /// <summary>A sealed order from the lone bid to the lease; it takes bids now.</summary>
    public ulong WinSealed(ulong order, in Address provider, ulong rate)
    {
        World.Must(provider, new SealBid(order, AuctionMath.Commit(ChainId, order, provider, rate, HashOf(3)), BidDeposit, 20));
        World.Advance(World.OrderAt(order).Due.Seconds - World.Now.Seconds);
        World.Must(provider, new RevealBid(order, rate, HashOf(3)));
        World.Advance(10);
        return Counters.Last(World.State, CounterKind.Lease);
    }

    public void Close(ulong lease, in Address by) => World.Must(by, new CloseLease(lease, CloseReason.Done, CloseMode.Now));

    public void Rate(ulong lease, in Address by, byte stars) =>
        World.Must(by, new WriteReview(lease, ReviewAction.Rate, new Stars(stars, stars, stars), HashOf(6)));

    /// <summary>What somebody has won (or lost, below zero) in all, once every window is over and every deposit came back.</summary>
    public Int128 NetOf(params ReadOnlySpan<Address> team)
    {
        for (ulong passed = 0; passed < EverythingIsOver; passed += 50) World.Advance(50);
        Int128 net = 0;
        foreach (Address member in team)
        {
            net += (Int128)World.Balance(member) - StartFunds;
            if (Providers.Load(World.State, member) is { } provider) net += provider.Stake.Held - Stake;
        }
        return net;
    }
}
