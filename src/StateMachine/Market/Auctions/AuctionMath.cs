using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Market.Orders;

namespace Chain.StateMachine.Market.Auctions;

/// <summary>What makes one bid better than another, and what a sealed auction costs (marketplace.md 5.1).</summary>
public static class AuctionMath
{
    private const string CommitDomain = "chain/bid/1";
    private const string TieDomain = "chain/bid-tie/1";

    /// <summary>What a rate is divided by: 5000 for no reputation up to 10000 for a perfect one, so at most a factor of two.</summary>
    public static ulong QualityBps(ulong reputationBps) => 5000 + (reputationBps / 2);

    /// <summary>True when the first bid's rate, weighed by quality, is lower; both are equal when neither is better.</summary>
    public static bool IsBetter(ListedBid first, ListedBid second) =>
        (UInt128)first.RatePerSecond * second.QualityBps < (UInt128)second.RatePerSecond * first.QualityBps;

    /// <summary>
    /// The order of a sealed auction: effective price, rate, then a hash of order and bidder. Nothing in it depends on when a bid was
    /// placed or revealed, so the order of transactions cannot matter.
    /// </summary>
    public static int Compare(ulong orderId, ListedBid first, ListedBid second)
    {
        if (IsBetter(first, second)) return -1;
        if (IsBetter(second, first)) return 1;
        int byRate = first.RatePerSecond.CompareTo(second.RatePerSecond);
        return byRate != 0 ? byRate : TieOf(orderId, first.Provider).CompareTo(TieOf(orderId, second.Provider));
    }

    /// <summary>
    /// What a winner gets in a second-price auction: the rate at which it would just have tied with the best loser, at most the order's
    /// highest rate, and never less than its own.
    /// </summary>
    /// <param name="loser">The best bid that ranks behind and wins nothing; null without one, and the highest rate is paid.</param>
    public static ulong SecondPrice(ListedBid winner, ListedBid? loser, ulong rateMax)
    {
        if (loser is not { } other) return rateMax;
        UInt128 price = (UInt128)other.RatePerSecond * winner.QualityBps / other.QualityBps;
        return price < rateMax ? (ulong)price : rateMax;
    }

    /// <summary>What a bidder commits to; bound to chain, order and bidder, so nobody can use another's.</summary>
    public static Hash256 Commit(string chainId, ulong orderId, in Address bidder, ulong ratePerSecond, in Hash256 salt) =>
        Sha256.Hash(new MessagePackWriter().Array(6)
            .Str(CommitDomain).Str(chainId).UInt(orderId).Bin(bidder).UInt(ratePerSecond).Bin(salt).Written);

    private static Hash256 TieOf(ulong orderId, in Address provider) =>
        Sha256.Hash(new MessagePackWriter().Array(3).Str(TieDomain).UInt(orderId).Bin(provider).Written);
}
