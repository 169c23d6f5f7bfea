using System;
using System.Collections.Generic;
using Chain.Simulator.Cluster;
using Chain.Simulator.Faults;
using Chain.Simulator.Network;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;

namespace Chain.Simulator;

/// <summary>
/// How long a wide network takes from a proposal to the decision when nothing goes wrong. Each of the three steps waits for
/// two thirds, so each costs the one-way delay at which the slowest third begins.
/// </summary>
internal static class WideNetwork
{
    private const long LatencyMsMin = 20;
    private const long LatencyMsMax = 150;
    private const int Heights = 10;

    public static int Print()
    {
        Console.WriteLine($"One-way delays {LatencyMsMin} to {LatencyMsMax} ms, even; {Heights} heights; milliseconds from proposal to decision.");
        Console.WriteLine("validators   p50   p90   max   slowest third from   three of it");
        foreach (int validators in (int[])[4, 20, 100])
        {
            List<long> decided = Measure(validators, out long thirdMs);
            Console.WriteLine(
                $"{validators,10} {At(decided, 50),5} {At(decided, 90),5} {decided[^1],5} {thirdMs,20} {3 * thirdMs,13}");
        }
        return 0;
    }

    /// <summary>For every node and height the time from the block's own time to its decision, ascending.</summary>
    private static List<long> Measure(int validators, out long thirdMs)
    {
        using ClusterKeys keys = new(validators);
        using Trace trace = new(keepsLines: false);
        ClusterWorld world = new(Quiet(validators), PlantedFault.None, keys, trace);
        List<SimulatedNode> nodes = [];
        List<long> took = [];
        for (int i = 0; i < validators; i++)
        {
            SimulatedNode node = new(world, i, i, ByzantineKind.None);
            node.Decided = tip => took.Add(ClusterGenesis.StartUnixMs + (world.Events.NowUs / 1000) - tip.Time.UnixMs);
            nodes.Add(node);
        }
        world.Network = new SimulatedNetwork(world.Events, world.Dice.Fork(5), world.Options.Network, nodes);
        foreach (SimulatedNode node in nodes) node.Start();
        while (!nodes.TrueForAll(static node => node.Tip >= Heights) && world.Events.RunNext(long.MaxValue)) { }
        thirdMs = SlowestThirdMs(world.Network, validators);
        took.Sort();
        foreach (SimulatedNode node in nodes) node.Dispose();
        return took;
    }

    private static long SlowestThirdMs(SimulatedNetwork network, int nodes)
    {
        List<long> delays = [];
        for (int a = 0; a < nodes; a++)
        {
            for (int b = 0; b < nodes; b++)
            {
                if (a != b) delays.Add(network.BaseUs(a, b) / 1000);
            }
        }
        delays.Sort();
        return delays[delays.Count * 2 / 3];
    }

    private static long At(List<long> sorted, int percent) => sorted[(sorted.Count - 1) * percent / 100];

    private static RunOptions Quiet(int validators)
    {
        long[] powers = new long[validators];
        Array.Fill(powers, 10);
        return new RunOptions
        {
            Seed = 1,
            Powers = powers,
            Kinds = new ByzantineKind[validators],
            Network = new LinkQuality(LatencyMsMin, LatencyMsMax, 0, 0, 0, 0, Reorders: false),
            SafetyMs = 0,
            LivenessBlocks = 0,
            CrashEveryMs = 0,
            DownMsMax = 1,
            KillPerMille = 0,
            BlackoutPerMille = 0,
            PartitionEveryMs = 0,
            PartitionMsMax = 1,
            HoldEveryMs = 0,
            HoldMsMax = 1,
            PauseEveryMs = 0,
            PauseMsMax = 1,
            SlowPerMille = 0,
            SlowMsMax = 0,
            SkewMsMax = 0,
            DriftPpmMax = 0,
            EmptyBlockMs = 1000,
            MinBlockMs = 0,
            Mover = null,
            MoverLeaves = false,
            TimeoutPercent = 100,
            LoadEveryMs = 0,
            VerifiesAll = false,
        };
    }
}
