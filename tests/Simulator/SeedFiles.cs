using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Chain.Simulator.Faults;

namespace Chain.Simulator;

/// <summary>The seeds that every run repeats: one a line, words after <c>#</c>.</summary>
internal static class SeedFiles
{
    /// <summary>Seeds that once failed (<c>seeds.txt</c>).</summary>
    public static List<ulong> Remembered() =>
        Lines("seeds.txt").ConvertAll(static line => ulong.Parse(line, CultureInfo.InvariantCulture));

    /// <summary>For each planted fault a seed that shows it (<c>planted.txt</c>).</summary>
    public static List<(PlantedFault Fault, ulong Seed)> Planted() => Lines("planted.txt").ConvertAll(static line =>
    {
        string[] words = line.Split(' ');
        return (Enum.Parse<PlantedFault>(words[0]), ulong.Parse(words[1], CultureInfo.InvariantCulture));
    });

    private static List<string> Lines(string name)
    {
        List<string> lines = [];
        foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, name)))
        {
            string meant = line.Split('#')[0].Trim();
            if (meant.Length > 0) lines.Add(meant);
        }
        return lines;
    }
}
