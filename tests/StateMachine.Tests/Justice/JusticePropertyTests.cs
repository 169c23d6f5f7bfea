using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>Random sequences of sealed orders, cases, data sets and tasks; a failure prints the numbers that repeat it.</summary>
public sealed class JusticePropertyTests
{
    private static readonly Arbitrary<int[]> Steps = Gen.Choose(0, int.MaxValue).ArrayOf(200).ToArbitrary();

    [Fact]
    public void P9_everything_ends_and_leaves_nothing_locked_whatever_happens()
    {
        Prop.ForAll(Steps, steps =>
        {
            JusticeWorld justice = new(jurors: 12);
            MarketWorld world = justice.World;
            foreach (int step in steps) JusticeScript.Step(justice, step);
            // Long enough for every window, grace and record; the beacon stays silent.
            for (int i = 0; i < 200; i++) world.Advance(60);
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Case); id++) Assert.Null(CaseStore.Read(world.State, id));
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Order); id++) Assert.Null(OrderStore.Read(world.State, id));
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Lease); id++) Assert.Null(LeaseStore.Read(world.State, id));
            for (ulong id = 1; id <= Counters.Last(world.State, CounterKind.Task); id++) Assert.Null(TaskStore.Read(world.State, id));
            foreach (Address provider in (Address[])[ProviderA, ProviderB])
            {
                Assert.Equal((0UL, 0UL, 0UL, 0UL), (
                    world.ProviderAt(provider).Locked, world.Reserved(provider), world.Leased(provider), world.ProviderAt(provider).LiveLeases));
            }
            foreach (RoleHolder juror in RoleHolders.All(world.State, Role.Juror)) Assert.Equal(0UL, juror.Stake.Locked);
        }).QuickCheckThrowOnFailure();
    }
}
