using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Chain.Simulator.Faults;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;

namespace Chain.Simulator;

/// <summary>The simulator's command line.</summary>
internal static class Commands
{
    private const string Usage =
        """
        --seed N [--fault NAME] [--trace]            one seed: its options, its hash, and why it failed
        --start S --seeds N [--jobs J]               a range; exit status 1 when any failed
        --planted all|NAME [--start S] [--seeds N]   for each planted fault the first seed that shows it
        --wan                                        how fast wide networks decide
        """;

    public static int Run(string[] args)
    {
        Dictionary<string, string> options = [];
        for (int i = 0; i < args.Length; i++)
        {
            bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            options[args[i]] = hasValue ? args[i + 1] : "";
            if (hasValue) i++;
        }
        ulong start = Number(options, "--start", 1);
        int jobs = (int)Number(options, "--jobs", (ulong)Environment.ProcessorCount);
        if (options.ContainsKey("--wan")) return WideNetwork.Print();
        if (options.TryGetValue("--planted", out string? name)) return PlantedSearch.Run(name, start, (int)Number(options, "--seeds", 2000), jobs);
        if (options.ContainsKey("--seeds")) return SeedRange.Run(start, (int)Number(options, "--seeds", 1), jobs);
        if (options.ContainsKey("--seed")) return One(Number(options, "--seed", 1), FaultOf(options), options.ContainsKey("--trace"));
        Console.WriteLine(Usage);
        return 64;
    }

    private static int One(ulong seed, PlantedFault fault, bool traces)
    {
        foreach (string line in OptionDraw.Draw(seed).Describe()) Console.WriteLine(line);
        long begin = Stopwatch.GetTimestamp();
        SeedReport report = Simulation.Run(seed, fault, traces);
        long tookMs = (long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        // The same seed once more, now with words.
        if (report.Failure is not null && !traces) report = Simulation.Run(seed, fault, keepsLines: true);
        foreach (string line in report.Lines) Console.WriteLine(line);
        Console.WriteLine(report.Totals);
        Console.WriteLine($"{report.SimulatedMs} ms of simulated time in {tookMs} ms");
        Console.WriteLine(report.Failure is null ? "clean" : $"FAILED: {report.Failure}");
        Console.WriteLine($"trace hash {report.Hash}");
        return report.Failure is null ? 0 : 1;
    }

    private static ulong Number(Dictionary<string, string> options, string name, ulong otherwise) =>
        options.TryGetValue(name, out string? text) && ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong number) ? number : otherwise;

    private static PlantedFault FaultOf(Dictionary<string, string> options) =>
        options.TryGetValue("--fault", out string? name) && Enum.TryParse(name, out PlantedFault fault) ? fault : PlantedFault.None;
}
