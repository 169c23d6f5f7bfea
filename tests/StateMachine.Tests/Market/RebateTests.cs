using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Rebates;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class RebateTests
{
    private readonly MarketWorld _world = new();

    [Fact]
    public void Pool_is_shared_by_points_up_to_half_of_the_fees_and_the_rest_stays()
    {
        Lease lease = _world.LeaseAt(_world.MakeLease());
        MarketTime ends = Epoch();
        Fund(1_000_000);
        // Points: 1,000,000 · 1 % and 3,000,000 · 1 %, so a quarter and three quarters of the pool.
        Count(lease, new EpochPayout(0, 2_000_000, 1_000_000), 10_000, ends);
        Count(lease with { Provider = ProviderB }, new EpochPayout(0, 600_000, 3_000_000), 10_000, ends);
        ulong a = _world.Balance(ProviderA);
        ulong b = _world.Balance(ProviderB);
        _world.Advance(ends.Seconds - _world.Now.Seconds);
        Assert.Equal(a + 250_000, _world.Balance(ProviderA));
        // Half of 600,000 is less than three quarters of the pool.
        Assert.Equal(b + 300_000, _world.Balance(ProviderB));
        Assert.Equal(450_000UL, Pools.Load(_world.State).Reliability);
        Assert.Null(RebateBook.Load(_world.State, ends));
    }

    [Fact]
    public void Availability_at_or_below_the_floor_earns_nothing_and_earnings_above_the_cap_do_not_count()
    {
        _world.Parameters = _world.Parameters.With(ParameterId.RebateEarningsMax, 1_000_000);
        Lease lease = _world.LeaseAt(_world.MakeLease());
        MarketTime ends = Epoch();
        Count(lease, new EpochPayout(0, 2_000_000, 1_000_000), 9900, ends);
        Assert.Null(RebateBook.Load(_world.State, ends));
        Count(lease, new EpochPayout(0, 2_000_000, 50_000_000), 9950, ends);
        Assert.Equal(5000UL, RebateBook.Load(_world.State, ends)!.Points);
    }

    [Fact]
    public void Many_providers_are_paid_in_pieces_and_nobody_twice()
    {
        Lease lease = _world.LeaseAt(_world.MakeLease());
        MarketTime ends = Epoch();
        Fund(6_500_000);
        for (byte i = 0; i < 65; i++)
        {
            Count(lease with { Provider = AddressOf((byte)(100 + i)) }, new EpochPayout(0, 1_000_000, 1_000_000), 10_000, ends);
        }
        _world.Advance(ends.Seconds - _world.Now.Seconds);
        Assert.Equal((100_000UL, 0UL), (_world.Balance(AddressOf(163)), _world.Balance(AddressOf(164))));
        Assert.Equal(100_000UL, RebateBook.Load(_world.State, ends)!.Left);
        _world.Advance(1);
        Assert.Equal((100_000UL, 100_000UL), (_world.Balance(AddressOf(163)), _world.Balance(AddressOf(164))));
        Assert.Null(RebateBook.Load(_world.State, ends));
    }

    /// <summary>Whatever is earned and paid, in whatever order: no more than the pool, and to nobody more than half of its fees.</summary>
    [Fact]
    public void P27_rebates_are_within_the_pool_and_below_the_fees()
    {
        Gen<(ulong Net, ulong Fee, ulong Bps, byte Who)> one =
            from net in Gen.Choose(1, 1_000_000_000)
            from fee in Gen.Choose(0, 20_000_000)
            from bps in Gen.Choose(9890, 10_000)
            from who in Gen.Choose(100, 110)
            select ((ulong)net, (ulong)fee, (ulong)bps, (byte)who);
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 100_000_000), one.ListOf()).ToArbitrary(), drawn =>
        {
            (int pool, List<(ulong Net, ulong Fee, ulong Bps, byte Who)> earned) = drawn;
            MarketWorld world = new();
            Lease lease = world.LeaseAt(world.MakeLease());
            MarketTime ends = LeaseMath.NextEpoch(world.Now, 10);
            world.Mint(Stranger, (ulong)pool);
            SortedDictionary<byte, ulong> fees = [];
            foreach ((ulong net, ulong fee, ulong bps, byte who) in earned)
            {
                Count(world, lease with { Provider = AddressOf(who) }, new EpochPayout(0, fee, net), bps, ends);
                fees[who] = fees.GetValueOrDefault(who) + fee;
            }
            Fund(world, (ulong)pool);
            world.Advance(10);
            ulong paid = 0;
            foreach ((byte who, ulong fee) in fees)
            {
                Assert.True(world.Balance(AddressOf(who)) <= fee / 2);
                paid += world.Balance(AddressOf(who));
            }
            Assert.True(paid <= (ulong)pool);
            Assert.Equal((ulong)pool - paid, Pools.Load(world.State).Reliability);
        }).QuickCheckThrowOnFailure();
    }

    private MarketTime Epoch() => LeaseMath.NextEpoch(_world.Now, _world.Parameters.EpochSeconds);

    private void Fund(ulong amount) => Fund(_world, amount);

    /// <summary>Moves a stranger's credits into the pool.</summary>
    private static void Fund(MarketWorld world, ulong amount)
    {
        Assert.Equal(ResultCode.Ok, Chain.StateMachine.Accounts.Ledger.Debit(world.State, Stranger, amount));
        Pools.AddToReliability(world.State, amount);
    }

    private void Count(Lease lease, EpochPayout payout, ulong bps, MarketTime ends) => Count(_world, lease, payout, bps, ends);

    private static void Count(MarketWorld world, Lease lease, EpochPayout payout, ulong bps, MarketTime ends) =>
        RebateBook.Count(world.Context(), lease, payout, bps, ends);
}
