using Chain.Node.Core;
using Chain.Node.Tests.Crashes;

namespace Chain.Node.Tests.Core;

public sealed class NodeClockTests
{
    private const long SystemMs = 1_800_000_000_000;

    /// <summary>Else the one that heard of it later would make proposals that the others find untimely, and with one node away nothing is decided.</summary>
    [Fact]
    public void Clocks_that_hear_of_a_move_seconds_apart_agree_after_it()
    {
        FakeTime machine = new(SystemMs);
        NodeClock first = new(machine), second = new(machine);
        first.AdvanceOffsetTo(30_000);
        machine.Advance(7_000);
        second.AdvanceOffsetTo(30_000);
        Assert.Equal(SystemMs + 37_000, first.NowMs);
        Assert.Equal(first.NowMs, second.NowMs);
    }

    [Fact]
    public void Clock_never_goes_back()
    {
        FakeTime machine = new(SystemMs);
        NodeClock clock = new(machine);
        clock.AdvanceTo(clock.NowMs + 500);
        long before = clock.NowMs;
        clock.AdvanceTo(before - 200);
        clock.AdvanceOffsetTo(499);
        Assert.Equal(before, clock.NowMs);
    }
}
