using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Simulator.Faults;
using Chain.Simulator.Options;
using Chain.Simulator.Reporting;

namespace Chain.Simulator;

/// <summary>The simulator's command line.</summary>
internal static class Commands
{
    private const string Usage =
        """
        simulator --seed N [--fault NAME] [--trace]     one seed: its options, its hash, and why it failed
        simulator --start S --seeds N [--jobs J]        a range; exit status 1 when any failed
        simulator --planted all|NAME [--seeds N]        finds for each planted fault the first seed that shows it
        simulator --wan                                 decision latency of wide networks
        """;

    public static int Run(string[] args)
    {
        Dictionary<string, string> options = [];
        for (int i = 0; i < args.Length; i++)
        {
            bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            options[args[i]] = hasValue ? args[++i] : "";
        }
        if (options.ContainsKey("--seed")) return One(Number(options, "--seed", 1), FaultOf(options), options.ContainsKey("--trace"));
        if (options.ContainsKey("--seeds") && !options.ContainsKey("--planted"))
        {
            return Range(Number(options, "--start", 1), (int)Number(options, "--seeds", 1), (int)Number(options, "--jobs", 2));
        }
        if (options.TryGetValue("--planted", out string? which)) return Planted(which, (int)Number(options, "--seeds", 2000));
        Console.WriteLine(Usage);
        return 64;
    }

    private static int One(ulong seed, PlantedFault fault, bool traces)
    {
        foreach (string line in OptionDraw.Draw(seed).Describe()) Console.WriteLine(line);
        long begin = Stopwatch.GetTimestamp();
        SeedReport report = Simulation.Run(seed, fault, traces);
        TimeSpan took = Stopwatch.GetElapsedTime(begin);
        // The same seed once more, now with words.
        if (report.Failure is not null && !traces) report = Simulation.Run(seed, fault, keepsLines: true);
        foreach (string line in report.Lines) Console.WriteLine(line);
        Console.WriteLine(report.Totals);
        Console.WriteLine($"{report.SimulatedMs} ms of simulated time in {(long)took.TotalMilliseconds} ms");
        Console.WriteLine(report.Failure is null ? "clean" : $"FAILED: {report.Failure}");
        Console.WriteLine($"trace hash {report.Hash}");
        return report.Failure is null ? 0 : 1;
    }

    private static int Range(ulong start, int seeds, int jobs)
    {
        Lock guard = new();
        Totals totals = new();
        int failed = 0;
        long begin = Stopwatch.GetTimestamp();
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            SeedReport report = Simulation.Run(start + (ulong)i);
            lock (guard)
            {
                totals.Add(report.Totals);
                if (report.Failure is null) return;
                failed++;
                Console.WriteLine($"seed {report.Seed} FAILED: {report.Failure}");
                File.AppendAllText("failing-seeds.txt", $"{report.Seed}\n");
            }
        });
        Console.WriteLine(totals);
        Console.WriteLine($"{failed} failed; {(long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds} ms");
        return failed == 0 ? 0 : 1;
    }

    private static int Planted(string which, int seeds)
    {
        int missed = 0;
        foreach (PlantedFault fault in Enum.GetValues<PlantedFault>())
        {
            if (fault == PlantedFault.None || (which != "all" && which != fault.ToString())) continue;
            SeedReport? found = null;
            for (ulong seed = 1; seed <= (ulong)seeds && found is null; seed++)
            {
                SeedReport report = Simulation.Run(seed, fault);
                if (report.Failure is not null) found = report;
            }
            if (found is null) missed++;
            Console.WriteLine(found is null ? $"{fault}: not found in {seeds} seeds" : $"{fault} {found.Seed}: {FirstLine(found.Failure!)}");
        }
        return missed == 0 ? 0 : 1;
    }

    private static string FirstLine(string text) => text.Split('\n')[0];

    private static ulong Number(Dictionary<string, string> options, string name, ulong otherwise) =>
        options.TryGetValue(name, out string? text) && ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong number) ? number : otherwise;

    private static PlantedFault FaultOf(Dictionary<string, string> options) =>
        options.TryGetValue("--fault", out string? name) && Enum.TryParse(name, out PlantedFault fault) ? fault : PlantedFault.None;
}
