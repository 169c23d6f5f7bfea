using System;
using System.Collections.Generic;
using Chain.Consensus.Votes;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.Simulator.Cluster;
using Chain.Simulator.Faults;
using Chain.Simulator.Load;
using Chain.Simulator.Network;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Simulator;

/// <summary>
/// One seed: a cluster in which things go wrong for a while, and never may two correct nodes disagree; then a quorum is healed,
/// and it must go on.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const long UsPerMs = 1000;

    /// <summary>True time that the healed quorum has. Rounds that grew long while things went wrong count in it.</summary>
    private const long LivenessMsMax = 1_200_000;

    private readonly ClusterKeys _keys;
    private readonly ClusterWorld _world;
    private readonly Trace _trace;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly Dice _dice;
    private readonly FaultInjector _faults;

    public Simulation(RunOptions options, PlantedFault fault, bool keepsLines)
    {
        _trace = new Trace(keepsLines);
        _keys = new ClusterKeys(options.Powers.Count);
        _world = new ClusterWorld(options, fault, _keys, _trace);
        _dice = _world.Dice.Fork(4);
        for (int i = 0; i < options.Powers.Count; i++) AddNode(i);
        for (int i = 0; i < options.Powers.Count; i++)
        {
            if (options.Kinds[i] == ByzantineKind.Twins) AddNode(i);
        }
        _world.Network = new SimulatedNetwork(_world.Events, _world.Dice.Fork(5), options.Network, _nodes) { Reported = OnReport };
        _faults = new FaultInjector(_world, _nodes);
    }

    /// <summary>Runs the seed to its end, or to what a checker finds.</summary>
    public static SeedReport Run(ulong seed, PlantedFault fault = PlantedFault.None, bool keepsLines = false)
    {
        using Simulation simulation = new(OptionDraw.Draw(seed), fault, keepsLines);
        return simulation.Run();
    }

    public void Dispose()
    {
        foreach (SimulatedNode node in _nodes) node.Dispose();
        _keys.Dispose();
        _trace.Dispose();
    }

    private SeedReport Run()
    {
        string? failure = null;
        try
        {
            BeSafe();
            BeLive();
            foreach (SimulatedNode node in _nodes) node.CheckDeeply();
        }
        catch (SimulationFailure found)
        {
            failure = found.Message;
        }
        _world.Totals.Events = _world.Events.Ran;
        _world.Totals.Messages = _world.Network.Delivered;
        return new SeedReport(
            _world.Options.Seed, _trace.Finish(), failure, _world.Totals, _world.Events.NowUs / UsPerMs, _trace.Lines);
    }

    private void BeSafe()
    {
        _faults.Begin();
        foreach (SimulatedNode node in _nodes) node.Start();
        new ClientLoad(_world, _nodes).Begin();
        long endUs = _world.Options.SafetyMs * UsPerMs;
        while (_world.Events.RunNext(endUs)) { }
    }

    private void BeLive()
    {
        _faults.End();
        List<SimulatedNode> core = ChooseCore();
        foreach (SimulatedNode node in _nodes)
        {
            (node.OffsetUs, node.CostUs) = (0, 0);
            if (node.Life is { } life) (life.Time.OffsetUs, life.Inbox.CostUs) = (0, 0);
            if (core.Contains(node)) node.Start();
            else Leave(node);
        }
        long target = _world.Chain.Top + _world.Options.LivenessBlocks;
        _trace.Say(_world.Events.NowUs, -1, () => $"healed; {core.Count} nodes must reach height {target}");
        long endUs = _world.Events.NowUs + (LivenessMsMax * UsPerMs);
        while (!core.TrueForAll(node => node.Tip >= target))
        {
            if (_world.Events.RunNext(endUs)) continue;
            List<string> places = core.ConvertAll(node => $"n{node.Index} {node.Describe()}");
            throw new SimulationFailure($"liveness: not all of the healed quorum reached height {target}: {string.Join("; ", places)}");
        }
    }

    /// <summary>Correct validators with more than two thirds of the power, sometimes all of them, sometimes no more than that.</summary>
    private List<SimulatedNode> ChooseCore()
    {
        SimulatedNode? newest = null;
        foreach (SimulatedNode node in _nodes)
        {
            if (node.IsCorrect && (newest is null || node.Tip > newest.Tip)) newest = node;
        }
        newest!.Start();
        ValidatorSet set = newest.Life!.Parts.Core.Tip.Validators;
        long total = set.TotalPower + PowerOfAbsentMover(newest.Life.Parts, set);
        bool takesAll = _dice.Chance(500);
        List<SimulatedNode> correct = _nodes.FindAll(static node => node.IsCorrect);
        _dice.Shuffle(correct);
        // The mover is always part of it, since a bond of its own on its way may lift its power to any share.
        List<SimulatedNode> core = correct.FindAll(IsMover);
        correct.RemoveAll(IsMover);
        long power = _world.Options.MoverLeaves ? 0 : PowerOf(core, set);
        foreach (SimulatedNode node in correct)
        {
            if (!takesAll && Quorum.IsReached(power, total)) break;
            power += PowerOf([node], set);
            core.Add(node);
        }
        return core;
    }

    private bool IsMover(SimulatedNode node) => node.Validator == _world.Options.Mover;

    private long PowerOf(List<SimulatedNode> nodes, ValidatorSet set)
    {
        long power = 0;
        foreach (SimulatedNode node in nodes)
        {
            int place = _keys.Validators[node.Validator].PlaceIn(set, out _);
            if (place >= 0) power += set.Validators[place].Power;
        }
        return power;
    }

    /// <summary>What the mover will add to the set when it is voted back.</summary>
    private long PowerOfAbsentMover(NodeParts parts, ValidatorSet set)
    {
        if (_world.Options.Mover is not { } mover || _keys.Validators[mover].PlaceIn(set, out _) >= 0) return 0;
        ulong bonded = Providers.Load(parts.State, _keys.Operators[mover].Address)?.Bonded ?? 0;
        return SeatPower.Of(bonded, Parameters.Load(parts.State));
    }

    /// <summary>Faulty nodes go on in half of the runs; correct ones that are not needed are gone.</summary>
    private void Leave(SimulatedNode node)
    {
        if (!node.IsCorrect && _dice.Chance(500))
        {
            node.Start();
            return;
        }
        node.IsGone = true;
        node.Crash(isPower: true);
    }

    private void AddNode(int validator)
    {
        RunOptions options = _world.Options;
        bool isSlow = _dice.Chance(options.SlowPerMille);
        _nodes.Add(new SimulatedNode(_world, _nodes.Count, validator, options.Kinds[validator])
        {
            OffsetUs = _dice.Between(-options.SkewMsMax, options.SkewMsMax) * UsPerMs,
            DriftPpm = _dice.Between(-options.DriftPpmMax, options.DriftPpmMax),
            CostUs = isSlow ? _dice.Between(0, options.SlowMsMax) * UsPerMs : 0,
        });
    }

    /// <summary>A correct node never proves a lie or garbage of another correct one.</summary>
    private void OnReport(int by, int of, PeerFault fault)
    {
        if (!_nodes[by].IsCorrect || !_nodes[of].IsCorrect || fault is not (PeerFault.Lie or PeerFault.Malformed)) return;
        throw new SimulationFailure($"correct nodes do not lie: n{by} reports {fault} of n{of}");
    }
}
