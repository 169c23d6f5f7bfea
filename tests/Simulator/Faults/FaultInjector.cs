using System;
using System.Collections.Generic;
using Chain.Simulator.Cluster;
using Chain.Simulator.Network;
using Chain.Simulator.Options;

namespace Chain.Simulator.Faults;

/// <summary>Makes things go wrong for as long as the safety phase lasts, as often as the options say.</summary>
internal sealed class FaultInjector
{
    private const long UsPerMs = 1000;
    private const ulong Purpose = 2;

    /// <summary>A machine that is about to stop does so within this many disk operations.</summary>
    private const int OperationsMax = 30;

    private readonly ClusterWorld _world;
    private readonly IReadOnlyList<SimulatedNode> _nodes;
    private readonly RunOptions _options;
    private readonly Dice _dice;
    private bool _isOver;

    public FaultInjector(ClusterWorld world, IReadOnlyList<SimulatedNode> nodes)
    {
        (_world, _nodes, _options) = (world, nodes, world.Options);
        _dice = world.Dice.Fork(Purpose);
    }

    public void Begin()
    {
        foreach (SimulatedNode node in _nodes)
        {
            node.Crashed = _ => RestartLater(node);
            node.Precommitted = MaybeBlackout;
            long everyMs = node.Kind == ByzantineKind.Amnesia ? 2_500 : _options.CrashEveryMs;
            if (everyMs > 0) Repeat(everyMs, () => Crash(node));
            if (_options.PauseEveryMs > 0) Repeat(_options.PauseEveryMs, () => Pause(node));
        }
        if (_options.PartitionEveryMs > 0 && _nodes.Count > 1) PartitionLater();
        if (_options.HoldEveryMs > 0 && _nodes.Count > 1) HoldLater();
    }

    /// <summary>From now on nothing more goes wrong by chance. What is down stays so until somebody starts it.</summary>
    public void End()
    {
        _isOver = true;
        foreach (SimulatedNode node in _nodes) node.Storage.Disk.StopAt = null;
        _world.Network.Quality = _world.Network.Quality.Heal();
        _world.Network.Swallows = null;
        _world.Network.Heal();
    }

    private void Repeat(long everyMs, Action action) => After(everyMs * 2, () =>
    {
        action();
        Repeat(everyMs, action);
    });

    /// <summary>After up to so many milliseconds, unless the phase is over by then.</summary>
    private void After(long delayMsMax, Action action) => _world.Events.After(_dice.Between(1, delayMsMax * UsPerMs), () =>
    {
        if (!_isOver) action();
    });

    private void Crash(SimulatedNode node)
    {
        if (!node.IsUp) return;
        if (_dice.Chance(_options.KillPerMille)) node.Crash(isPower: false);
        else if (_dice.Chance(500)) node.Crash(isPower: true);
        else node.CrashSoon(_dice.Below(OperationsMax));
    }

    /// <summary>Also after the phase: a disk that stops the machine late, or a faulty node that fell over its own fault.</summary>
    private void RestartLater(SimulatedNode node)
    {
        long downMs = node.Kind == ByzantineKind.Amnesia ? 100 : _options.DownMsMax;
        _world.Events.After(_dice.Between(1, downMs * UsPerMs), () =>
        {
            node.Start();
            // Now and then a machine fails again while it recovers.
            if (!_isOver && node.IsUp && _dice.Chance(50)) node.CrashSoon(_dice.Below(OperationsMax));
        });
    }

    private void Pause(SimulatedNode node)
    {
        if (node.Life is not { } life) return;
        _world.Totals.Pauses++;
        life.Inbox.PauseUntil(_world.Events.NowUs + (_dice.Between(1, _options.PauseMsMax) * UsPerMs));
    }

    /// <summary>Power fails everywhere, while precommits are on their way and before anybody has counted them all.</summary>
    private void MaybeBlackout()
    {
        if (_isOver || !_dice.Chance(_options.BlackoutPerMille)) return;
        _world.Totals.Blackouts++;
        _world.Events.After(_dice.Between(0, _options.Network.LatencyMsMax + 1) * UsPerMs, () =>
        {
            foreach (SimulatedNode node in _nodes) node.Crash(isPower: true);
        });
    }

    /// <summary>One <see cref="LockTrap"/> after the other.</summary>
    private void HoldLater() => After(_options.HoldEveryMs * 2, () =>
    {
        LockTrap trap = LockTrap.Draw(_options.Powers, _dice);
        _world.Totals.Partitions++;
        _world.Trace.Say(_world.Events.NowUs, -1, trap.ToString);
        _world.Network.Swallows = trap.Swallows;
        _world.Events.After(_dice.Between(100, _options.HoldMsMax) * UsPerMs, () =>
        {
            if (_isOver) return;
            _world.Trace.Say(_world.Events.NowUs, -1, () => $"all but n{trap.Key} hear each other again");
            // The one that may have decided stays unheard a while longer, so that the others must go on without it.
            _world.Network.Swallows = (from, _, _) => trap.Deaf.Count == 0 && from.Owner == trap.Key;
            _world.Events.After(_dice.Between(0, _options.HoldMsMax) * UsPerMs, () =>
            {
                if (_isOver) return;
                _world.Network.Swallows = null;
                HoldLater();
            });
        });
    });

    private void PartitionLater() => After(_options.PartitionEveryMs * 2, () =>
    {
        PartitionShape shape = (PartitionShape)_dice.Below(Enum.GetValues<PartitionShape>().Length);
        _world.Totals.Partitions++;
        _world.Trace.Say(_world.Events.NowUs, -1, () => $"the network falls apart: {shape}");
        _world.Network.Cut(Partition.Draw(shape, _nodes.Count, _dice), resets: _dice.Chance(500));
        _world.Events.After(_dice.Between(1, _options.PartitionMsMax) * UsPerMs, () =>
        {
            if (_isOver) return;
            _world.Trace.Say(_world.Events.NowUs, -1, () => "the network heals");
            _world.Network.Heal();
            PartitionLater();
        });
    });
}
