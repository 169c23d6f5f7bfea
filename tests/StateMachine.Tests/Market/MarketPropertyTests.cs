using System;
using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

/// <summary>Properties over random sequences of messages and time; a failure prints the numbers that repeat it.</summary>
public sealed class MarketPropertyTests
{
    private static readonly Arbitrary<int[]> Steps = Gen.Choose(0, int.MaxValue).ArrayOf(150).ToArbitrary();

    [Fact]
    public void Money_collateral_and_units_add_up_after_every_step()
    {
        // MarketWorld itself sums all credits after every message and every step of time.
        Prop.ForAll(Steps, steps =>
        {
            MarketWorld world = new();
            MarketScript.Run(world, steps, () => MarketScript.CheckInvariants(world));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Carry_over_of_timed_moves_changes_no_code_and_no_state()
    {
        Prop.ForAll(Steps, Gen.Choose(0, 600).ToArbitrary(), (steps, cap) =>
        {
            // Plenty of units, stake and funds: what a carried-over move has yet to hand out is not missed.
            MarketWorld prompt = Rich(Parameters.Devnet);
            MarketWorld late = Rich(Parameters.Devnet.With(ParameterId.TimedWorkMax, (ulong)cap));
            List<ResultCode> codes = MarketScript.Run(prompt, steps);
            Assert.Equal(codes, MarketScript.Run(late, steps));
            late.Parameters = prompt.Parameters;
            late.Advance(0);
            Assert.Equal(prompt.Dump(), late.Dump());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Settling_at_any_times_by_anyone_is_settling_once()
    {
        Prop.ForAll(Steps, steps =>
        {
            MarketWorld often = new();
            MarketWorld once = new();
            ulong id = often.StartedLease(Terms(prepaid: 300));
            once.StartedLease(Terms(prepaid: 300));
            foreach (int step in steps.AsSpan(0, 20))
            {
                ulong seconds = (uint)step % 20;
                often.Advance(seconds);
                if (step % 3 != 0) often.Must(step % 2 == 0 ? Stranger : ProviderA, new SettleLeases([id]));
                once.Advance(seconds);
            }
            often.Must(Stranger, new SettleLeases([id]));
            once.Must(Stranger, new SettleLeases([id]));
            Assert.Equal(once.Dump(), often.Dump());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Time_in_one_step_or_in_many_leaves_the_same_lease()
    {
        Prop.ForAll(Gen.Choose(1, 400).ToArbitrary(), seconds =>
        {
            MarketWorld stepwise = new();
            MarketWorld atOnce = new();
            stepwise.StartedLease(Terms(prepaid: 137));
            atOnce.StartedLease(Terms(prepaid: 137));
            for (int i = 0; i < seconds; i++) stepwise.Advance(1);
            atOnce.Advance((ulong)seconds);
            Assert.Equal(stepwise.Dump(), atOnce.Dump());
        }).QuickCheckThrowOnFailure();
    }

    private static MarketWorld Rich(Parameters parameters)
    {
        MarketWorld world = new(parameters);
        foreach (var address in (Primitives.Bytes.Address[])[Tenant, ProviderA, ProviderB, Issuer, Stranger])
        {
            world.Mint(address, 1_000_000 * Credit);
        }
        world.Enlarge(ProviderA);
        world.Enlarge(ProviderB);
        return world;
    }
}
