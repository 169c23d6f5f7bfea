using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Tests.Justice;
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

    /// <summary>
    /// The same of sealed orders, cases, data sets, tasks and attestations, with two things that carry-over does put off: what is due
    /// may ask for its draw in a later round (nobody can choose that, since nobody knows either value), and a sealed order
    /// makes its leases later. So here everything due has moved before a round ends, and before a new lease is named.
    /// </summary>
    [Fact]
    public void Carry_over_changes_no_code_and_no_state_of_auctions_cases_proofs_and_tasks()
    {
        PropertyCheck.Holds(
            MarketPropertyTests.Steps(Length),
            steps =>
            {
                JusticeWorld prompt = RichWithJurors();
                JusticeWorld late = RichWithJurors();
                foreach (int step in steps)
                {
                    SetCap(late.World, step);
                    JusticeScript.Step(prompt, step, late);
                }
                CatchUp(late.World, prompt.World);
                Assert.Equal(prompt.World.Dump(), late.World.Dump());
            },
            Sequences / 4);
    }

    /// <summary>A beacon that speaks once the wait is over seats nobody, also where the end of the wait was carried over.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2_000_000)]
    public void Draw_that_comes_too_late_is_too_late_however_late_its_object_moves(ulong cap)
    {
        JusticeWorld justice = RichWithJurors();
        MarketWorld world = justice.World;
        ulong lease = justice.ServedLease();
        ulong dispute = justice.Open(lease);
        world.Must(ProviderA, new AnswerDispute(dispute, AnswerAction.Contest, HashOf(6), JusticeWorld.Bond));
        world.Must(Stranger, new OpenTask(HashOf(1), Credit, 1, 2 * Credit));
        world.Must(ProviderA, new SubmitResult(1, ResultStep.Enrol, default));
        world.Advance(9);
        Assert.Equal(CaseState.Drawing, justice.CaseAt(dispute).State);
        world.Advance(1);
        Assert.Equal(TaskState.Drawing, TaskStore.Read(world.State, 1)!.State);
        world.Parameters = world.Parameters.With(ParameterId.TimedWorkMax, cap);
        // Case and task have waited for their ten seconds, and the beacon speaks only then.
        world.Advance(10);
        world.FinishRound();
        world.Parameters = Parameters.Devnet;
        world.Advance(0);
        Assert.Equal((CaseState.Final, CaseOutcome.NoRuling), (justice.CaseAt(dispute).State, justice.CaseAt(dispute).Outcome));
        Assert.Equal(TaskState.Failed, TaskStore.Read(world.State, 1)!.State);
        world.Must(Tenant, new NameData(lease, HashOf(1), 7));
        world.Must(ProviderA, new NameData(lease, HashOf(1), 7));
        world.Advance(20);
        Assert.Equal(DataSetState.Drawing, DataSet.Load(world.State, lease)!.State);
        ulong order = world.OpenOrder(Terms() with { Mode = AuctionMode.SealedFirst, OpenSeconds = 60, CloseWindowSeconds = 50 });
        world.Must(ProviderA, new SealBid(order, AuctionMath.Commit(ChainId, order, ProviderA, 1_000_000, HashOf(3)), BidDeposit, 20));
        world.Parameters = world.Parameters.With(ParameterId.TimedWorkMax, cap);
        world.Advance(10);
        world.FinishRound();
        world.Parameters = Parameters.Devnet;
        world.Advance(0);
        Assert.Equal(DataSetState.Idle, DataSet.Load(world.State, lease)!.State);
        world.Advance(50);
        Assert.Equal(OrderState.Reveal, world.OrderAt(order).State);
        world.Parameters = world.Parameters.With(ParameterId.TimedWorkMax, cap);
        world.Advance(10);
        world.FinishRound();
        world.Parameters = Parameters.Devnet;
        world.Advance(0);
        // Nothing was cut off the time of bidding: the one bid counted, and was lost for being hidden.
        Assert.DoesNotContain(world.LastEvents, happened => happened.Type == "CloseDrawn");
        Assert.Equal(OrderState.Expired, world.OrderAt(order).State);
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
    private static MarketWorld Rich() => Enrich(new MarketWorld());

    private static JusticeWorld RichWithJurors()
    {
        JusticeWorld justice = new(jurors: 12);
        Enrich(justice.World);
        foreach (Address worker in (Address[])[ProviderA, ProviderB])
        {
            for (ulong i = 0; i < TaskMath.StreakMin; i++) WorkerStreak.Add(justice.World.State, worker);
        }
        return justice;
    }

    private static MarketWorld Enrich(MarketWorld world)
    {
        foreach (Address address in (Address[])[Tenant, ProviderA, ProviderB, Issuer, Stranger])
        {
            world.Mint(address, 1_000_000 * Credit);
        }
        world.Enlarge(ProviderA);
        world.Enlarge(ProviderB);
        return world;
    }
}
