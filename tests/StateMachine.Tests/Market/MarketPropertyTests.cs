using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Market.Settlement;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

/// <summary>Properties over random sequences of messages and time; a failure prints the numbers that repeat it.</summary>
public sealed class MarketPropertyTests
{
    private const int Sequences = 1000;

    private static readonly Address[] Anybody = [Tenant, ProviderA, ProviderB, Issuer, Stranger];

    internal static Gen<int[]> Steps(int count) => Gen.Choose(0, int.MaxValue).ArrayOf(count);

    [Fact]
    public void Money_collateral_and_units_add_up_after_every_step()
    {
        // MarketWorld itself adds up the credits of every message and every step of time.
        PropertyCheck.Holds(
            Steps(150),
            steps =>
            {
                MarketWorld world = new();
                MarketScript.Run(world, steps, () => MarketScript.CheckInvariants(world));
                world.CheckAmounts();
            },
            Sequences);
    }

    /// <summary>Settling is idempotent and associative: any split of the time, any sender and any order come to one state.</summary>
    [Fact]
    public void Settling_at_any_times_by_anyone_in_any_order_is_settling_once()
    {
        PropertyCheck.Holds(
            Steps(30),
            steps =>
            {
                MarketWorld often = WithLeases();
                MarketWorld once = WithLeases();
                foreach (int step in steps)
                {
                    ulong seconds = (uint)step % 20;
                    often.Advance(seconds);
                    once.Advance(seconds);
                    foreach (ulong[] ids in Orders[step / 20 % Orders.Length])
                    {
                        if (step / 100 % 3 != 0) often.Must(Anybody[step / 300 % Anybody.Length], new SettleLeases(ids));
                    }
                }
                foreach (ulong[] ids in Orders[steps[0] % WholeOrders]) often.Must(Stranger, new SettleLeases(ids));
                once.Must(Tenant, new SettleLeases([1, 2, 3]));
                List<string> settled = once.Dump();
                Assert.Equal(settled, often.Dump());
                once.Must(ProviderA, new SettleLeases([1, 2, 3]));
                Assert.Equal(settled, once.Dump());
            },
            Sequences);
    }

    [Fact]
    public void Time_in_any_steps_leaves_the_same_leases()
    {
        PropertyCheck.Holds(
            Steps(20),
            steps =>
            {
                MarketWorld stepwise = WithLeases();
                MarketWorld atOnce = WithLeases();
                ulong total = 0;
                foreach (int step in steps)
                {
                    ulong seconds = (uint)step % 40;
                    stepwise.Advance(seconds);
                    total += seconds;
                }
                atOnce.Advance(total);
                Assert.Equal(atOnce.Dump(), stepwise.Dump());
            },
            Sequences);
    }

    /// <summary>Ways to settle some or all of three leases, in one message or in several.</summary>
    private static readonly ulong[][][] Orders =
    [
        [[1, 2, 3]], [[1], [2], [3]], [[3], [2], [1]], [[2], [1, 3]], [[1, 3], [2], [1]], [[2]], [[3], [3]],
    ];

    /// <summary>The first so many of them leave none out.</summary>
    private const int WholeOrders = 5;

    /// <summary>Three leases that run out at different times.</summary>
    private static MarketWorld WithLeases()
    {
        MarketWorld world = new();
        world.StartedLease(Terms(prepaid: 300));
        world.StartedLease(Terms(prepaid: 137), rate: 3_999_999);
        world.StartedLease(Terms(prepaid: 29), rate: 1);
        return world;
    }
}
