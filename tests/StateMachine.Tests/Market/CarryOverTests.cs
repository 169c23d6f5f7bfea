using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.Tests.Shared;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

/// <summary>
/// What the cap on timed work changes. An object that a message names is brought to the block's time first, so no order, offer,
/// bid or lease is ever seen late. What its steps hand out to others (a balance, stake, units) arrives when they run:
/// somebody who has not enough of his own without it may be refused until then, and is never let through wrongly.
/// </summary>
public sealed class CarryOverTests
{
    private const int Sequences = 1000;
    private const int Length = 150;

    /// <summary>Codes that say that something of the sender's own does not suffice.</summary>
    private static readonly ResultCode[] Shortages = [ResultCode.InsufficientFunds, ResultCode.StakeLocked, ResultCode.Capacity];

    [Fact]
    public void Carry_over_changes_no_code_and_no_state_of_those_who_have_enough()
    {
        PropertyCheck.Holds(
            MarketPropertyTests.Steps(Length),
            steps =>
            {
                MarketWorld prompt = Rich();
                MarketWorld late = Rich();
                foreach (int step in steps)
                {
                    SetCap(late, step);
                    Assert.Equal(MarketScript.Step(prompt, step), MarketScript.Step(late, step));
                }
                CatchUp(late, prompt);
                Assert.Equal(prompt.Dump(), late.Dump());
            },
            Sequences);
    }

    [Fact]
    public void Carry_over_only_ever_refuses_for_what_has_yet_to_be_handed_out()
    {
        int shortages = 0;
        PropertyCheck.Holds(
            MarketPropertyTests.Steps(Length),
            steps =>
            {
                MarketWorld prompt = new();
                MarketWorld late = new();
                foreach (int step in steps)
                {
                    SetCap(late, step);
                    ResultCode? expected = MarketScript.Step(prompt, step);
                    ResultCode? found = MarketScript.Step(late, step);
                    if (expected == found) continue;
                    Assert.Contains(found!.Value, Shortages);
                    shortages++;
                    // Once the backlog is gone, the very same message gets the same answer.
                    CatchUp(late, prompt);
                    Assert.Equal(expected, MarketScript.Step(late, step));
                }
                CatchUp(late, prompt);
                Assert.Equal(prompt.Dump(), late.Dump());
            },
            Sequences);
        Assert.True(shortages > 0, "no sequence met the one case that this test is about");
    }

    /// <summary>Another cap each time: from nothing at all to several moves a block.</summary>
    private static void SetCap(MarketWorld world, int step) =>
        world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, (ulong)(step / 1000 % 8) * 100);

    private static void CatchUp(MarketWorld late, MarketWorld prompt)
    {
        late.Parameters = prompt.Parameters;
        late.Advance(0);
    }

    /// <summary>Plenty of units, stake and funds: what a carried-over move has yet to hand out is not missed.</summary>
    private static MarketWorld Rich()
    {
        MarketWorld world = new();
        foreach (Address address in (Address[])[Tenant, ProviderA, ProviderB, Issuer, Stranger])
        {
            world.Mint(address, 1_000_000 * Credit);
        }
        world.Enlarge(ProviderA);
        world.Enlarge(ProviderB);
        return world;
    }
}
