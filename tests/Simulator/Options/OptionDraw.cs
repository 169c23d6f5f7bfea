using System;
using System.Collections.Generic;
using Chain.Simulator.Network;

namespace Chain.Simulator.Options;

/// <summary>
/// Draws a run's options. Each fault is off in some runs, since faults hide each other: a run that loses everything never
/// gets as far as the run that crashes at the right moment.
/// </summary>
internal static class OptionDraw
{
    private const ulong Purpose = 1;

    public static RunOptions Draw(ulong seed)
    {
        Dice dice = new Dice(seed).Fork(Purpose);
        int nodes = Nodes(dice);
        // A large cluster costs the square of its size: fewer faults and less time, so that seeds stay cheap.
        bool isLarge = nodes > 15;
        long[] powers = Powers(dice, nodes);
        ByzantineKind[] kinds;
        long safetyMs = dice.Between(5_000, isLarge ? 8_000 : 40_000);
        return new RunOptions
        {
            Seed = seed,
            Powers = powers,
            Kinds = kinds = Kinds(dice, powers, isLarge),
            Network = Quality(dice),
            SafetyMs = safetyMs,
            LivenessBlocks = isLarge ? 2 : 3,
            CrashEveryMs = dice.Chance(600) ? dice.Between(3_000, 40_000) * (isLarge ? 10 : 1) : 0,
            DownMsMax = dice.Between(50, 15_000),
            KillPerMille = dice.Chance(500) ? 300 : dice.Below(1000),
            BlackoutPerMille = dice.Chance(150) ? dice.Below(60) : 0,
            PartitionEveryMs = dice.Chance(600) ? dice.Between(2_000, 20_000) : 0,
            PartitionMsMax = dice.Between(200, 15_000),
            HoldEveryMs = dice.Chance(350) ? dice.Between(1_000, 15_000) : 0,
            HoldMsMax = dice.Between(300, 5_000),
            PauseEveryMs = dice.Chance(250) ? dice.Between(2_000, 30_000) : 0,
            PauseMsMax = dice.Between(100, 8_000),
            SlowPerMille = dice.Chance(300) ? dice.Below(600) : 0,
            SlowMsMax = dice.Between(1, isLarge ? 2 : 30),
            SkewMsMax = dice.Chance(500) ? dice.Between(0, 240) : 0,
            DriftPpmMax = dice.Chance(500) ? dice.Between(0, 200) : 0,
            EmptyBlockMs = dice.Between(100, 2_000),
            TimeoutPercent = (int)dice.Between(30, 120),
            LoadEveryMs = dice.Chance(750) ? dice.Between(20, 1_500) : 0,
            VerifiesAll = seed % 10 == 0,
            MinBlockMs = dice.Chance(200) ? dice.Between(1, 400) : 0,
            Mover = Mover(dice, powers, kinds),
            MoverLeaves = dice.Chance(600),
        };
    }

    private static int Nodes(Dice dice) => dice.Weighted([40, 40, 780, 120, 17, 3]) switch
    {
        0 => 1,
        1 => (int)dice.Between(2, 3),
        2 => (int)dice.Between(4, 7),
        3 => (int)dice.Between(8, 15),
        4 => (int)dice.Between(16, 40),
        _ => (int)dice.Between(41, 100),
    };

    private static long[] Powers(Dice dice, int nodes)
    {
        long[] powers = new long[nodes];
        int shape = dice.Weighted([4, 3, 2, 1]);
        for (int i = 0; i < nodes; i++)
        {
            powers[i] = shape switch
            {
                0 => 10,
                1 => dice.Between(1, 20),
                2 => dice.Between(1, 3) * dice.Between(1, 3) * dice.Between(1, 100),
                // One holds as much as all the others together may bear, just below a third.
                _ => i == 0 && nodes > 3 ? ((nodes - 1) * 5) - 1 : 10,
            };
        }
        return powers;
    }

    /// <summary>Draws faulty validators while their power stays below a third.</summary>
    private static ByzantineKind[] Kinds(Dice dice, long[] powers, bool isLarge)
    {
        ByzantineKind[] kinds = new ByzantineKind[powers.Length];
        if (!dice.Chance(650)) return kinds;
        long total = 0;
        foreach (long power in powers) total += power;
        long faulty = 0;
        List<int> order = [];
        for (int i = 0; i < powers.Length; i++) order.Add(i);
        dice.Shuffle(order);
        int most = dice.Chance(500) ? 1 : isLarge ? 3 : powers.Length;
        foreach (int i in order)
        {
            if (most == 0) break;
            if ((Int128)(faulty + powers[i]) * 3 >= total) continue;
            faulty += powers[i];
            kinds[i] = (ByzantineKind)dice.Between(1, (int)ByzantineKind.Contrary);
            most--;
        }
        return kinds;
    }

    /// <summary>A correct validator without which the faulty ones are still less than a third.</summary>
    private static int? Mover(Dice dice, long[] powers, ByzantineKind[] kinds)
    {
        int place = dice.Below(powers.Length);
        Int128 total = -powers[place];
        Int128 faulty = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            total += powers[i];
            if (kinds[i] != ByzantineKind.None) faulty += powers[i];
        }
        return kinds[place] == ByzantineKind.None && (faulty == 0 || faulty * 3 < total) ? place : null;
    }

    private static LinkQuality Quality(Dice dice)
    {
        long low = dice.Between(0, dice.Chance(700) ? 10 : 100);
        return new LinkQuality(
            low,
            low + dice.Between(0, dice.Chance(700) ? 30 : 200),
            dice.Between(0, dice.Chance(700) ? 10 : 150),
            dice.Chance(300) ? dice.Below(100) : 0,
            dice.Chance(500) ? dice.Below(dice.Chance(700) ? 60 : 350) : 0,
            dice.Chance(500) ? dice.Below(200) : 0,
            dice.Chance(500));
    }
}
