using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions.Update;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Registry;

/// <summary>Maintenance that is announced, and snapshots of capacity: one in every two epochs of 10 s here.</summary>
public sealed class UpkeepTests
{
    private static readonly Parameters Snapshots = Parameters.Devnet.With(ParameterId.SnapshotEpochs, 2);

    private readonly MarketWorld _world = new(Snapshots);

    [Fact]
    public void Provider_without_a_snapshot_is_suspended_at_the_deadline_and_the_next_good_one_brings_it_back()
    {
        ulong order = _world.OpenOrder(Terms() with { OpenSeconds = 600 });
        _world.Must(ProviderA, Shown());
        // A snapshot keeps until the end of the next period.
        MarketTime due = _world.ProviderAt(ProviderA).SnapshotDue;
        Assert.Equal(((_world.Now.Seconds / 20) + 2) * 20, due.Seconds);
        _world.Advance(due.Seconds - _world.Now.Seconds - 1);
        _world.Must(ProviderA, BidOn(order));
        _world.Must(ProviderA, new Chain.StateMachine.Market.Bids.WithdrawBid(order));
        _world.Advance(1);
        Assert.Equal(ProviderStatus.Suspended, _world.ProviderAt(ProviderA).Status);
        Assert.Contains(_world.LastEvents, told => told.Type == "ProviderSuspended");
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, BidOn(order)));
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, new Update(StatusChange.None, "fr", default, [])));
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, new Update(StatusChange.Resume, "", default, [])));
        _world.Must(ProviderA, Shown());
        Assert.Equal(ProviderStatus.Active, _world.ProviderAt(ProviderA).Status);
        _world.Must(ProviderA, BidOn(order));
    }

    [Fact]
    public void Missing_snapshot_stops_bids_at_its_time_though_the_timed_move_lags()
    {
        ulong order = _world.OpenOrder(Terms() with { OpenSeconds = 600 });
        _world.Must(ProviderA, Shown());
        _world.Parameters = Snapshots.With(ParameterId.TimedWorkMax, 0);
        _world.Advance(_world.ProviderAt(ProviderA).SnapshotDue.Seconds - _world.Now.Seconds);
        Assert.Equal(ProviderStatus.Active, _world.ProviderAt(ProviderA).Status);
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, BidOn(order)));
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, new Update(StatusChange.Pause, "", default, [])));
    }

    [Fact]
    public void Newcomer_returns_to_probation_and_a_pause_does_not_replace_a_snapshot()
    {
        Providers.Store(_world.State, _world.ProviderAt(ProviderA) with { Status = ProviderStatus.Probation });
        _world.Must(ProviderA, Shown());
        _world.Must(ProviderA, new Update(StatusChange.Pause, "", default, []));
        _world.Advance(60);
        Assert.Equal(ProviderStatus.Paused, _world.ProviderAt(ProviderA).Status);
        _world.Must(ProviderA, new Update(StatusChange.Resume, "", default, []));
        _world.Advance(1);
        Assert.Equal(ProviderStatus.Suspended, _world.ProviderAt(ProviderA).Status);
        _world.Must(ProviderA, Shown());
        Assert.Equal(ProviderStatus.Probation, _world.ProviderAt(ProviderA).Status);
    }

    [Fact]
    public void Suspended_provider_may_exit()
    {
        _world.Must(ProviderA, Shown());
        _world.Advance(60);
        Assert.Equal(ProviderStatus.Suspended, _world.ProviderAt(ProviderA).Status);
        _world.Must(ProviderA, new Update(StatusChange.Exit, "", default, []));
        Assert.Equal(ProviderStatus.Exiting, _world.ProviderAt(ProviderA).Status);
        Assert.Equal(ResultCode.BadState, _world.Send(ProviderA, Shown()));
    }

    [Fact]
    public void Snapshot_of_another_period_repeated_or_in_part_is_refused()
    {
        ulong period = SnapshotClock.PeriodOf(_world.Now, Snapshots);
        IReadOnlyList<ClassCapacity> all = _world.ProviderAt(ProviderA).Capacity;
        Assert.Equal(ResultCode.TooLate, _world.Send(ProviderA, Update.Show(period - 1, HashOf(1), all)));
        Assert.Equal(ResultCode.TooEarly, _world.Send(ProviderA, Update.Show(period + 1, HashOf(1), all)));
        Assert.Equal(ResultCode.BadSchema, _world.Send(ProviderA, Update.Show(period, HashOf(1), [])));
        Assert.Equal(ResultCode.BadSchema, _world.Send(ProviderA, Update.Show(period, HashOf(1), [new(ResourceClass.MemoryMib, 1)])));
        // What it shows must hold what it has promised.
        _world.Must(ProviderA, BidOn(_world.OpenOrder()));
        Assert.Equal(ResultCode.Capacity, _world.Send(ProviderA, Update.Show(period, HashOf(1), [new(ResourceClass.CpuMilli, 999)])));
        _world.Must(ProviderA, Update.Show(period, HashOf(1), [new(ResourceClass.CpuMilli, 2000)]));
        Assert.Equal(2000UL, _world.ProviderAt(ProviderA).Capacity[0].Total);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(ProviderA, Shown()));
    }

    [Fact]
    public void Maintenance_is_announced_in_time_once_and_within_the_allowance_of_its_period()
    {
        // Devnet: announced 10 s ahead, 60 s in a period of 300 s; each epoch of 10 s that is touched counts whole.
        _world.Advance(300 - (_world.Now.Seconds % 300));
        ulong now = _world.Now.Seconds;
        Assert.Equal(ResultCode.TooLate, _world.Send(ProviderA, Announce(now + 9, now + 20)));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(ProviderA, Announce(now + 19, now + 71)));
        _world.Must(ProviderA, Announce(now + 19, now + 31));
        Assert.Equal(30UL, _world.ProviderAt(ProviderA).Maintenance[0].ChargedSeconds);
        Assert.Equal(ResultCode.Exists, _world.Send(ProviderA, Announce(now + 30, now + 40)));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(ProviderA, Announce(now + 40, now + 80)));
        _world.Must(ProviderA, Announce(now + 40, now + 70));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(ProviderA, Announce(now + 100, now + 101)));
        _world.Must(ProviderA, Announce(now + 300, now + 360));
        Provider provider = _world.ProviderAt(ProviderA);
        Assert.True(provider.IsMaintained(now + 10, now + 20));
        Assert.False(provider.IsMaintained(now + 80, now + 90));
    }

    private static Update Announce(ulong from, ulong to) => Update.Announce(new MarketTime(from), new MarketTime(to));

    private Update Shown() => Update.Show(
        SnapshotClock.PeriodOf(_world.Now, Snapshots), HashOf(3), _world.ProviderAt(ProviderA).Capacity);
}
