using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Simulator.Reporting;

namespace Chain.Simulator;

/// <summary>Runs many seeds, several at once; each is a world of its own.</summary>
internal static class SeedRange
{
    private const string FailingFile = "failing-seeds.txt";
    private const ulong ProgressEvery = 500;

    /// <summary>Prints failures as they come and totals at the end; writes failing seeds to a file. Exit status.</summary>
    public static int Run(ulong start, int seeds, int jobs)
    {
        long begin = Stopwatch.GetTimestamp();
        int failed = 0;
        Totals totals = Each(Count(start, seeds), jobs, (report, soFar) =>
        {
            if ((ulong)soFar.Seeds % ProgressEvery == 0) Console.WriteLine($"{soFar.Seeds} seeds in {Seconds(begin)} s, {failed} failed");
            if (report.Failure is null) return;
            failed++;
            Console.WriteLine($"seed {report.Seed} FAILED: {report.Failure}");
            File.AppendAllText(FailingFile, $"{report.Seed}\n");
        });
        Console.WriteLine(totals);
        Console.WriteLine($"{failed} of {seeds} failed; {Seconds(begin)} s");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Runs each seed and hands over its report, one at a time.</summary>
    public static Totals Each(IEnumerable<ulong> seeds, int jobs, Action<SeedReport, Totals> done)
    {
        Lock guard = new();
        Totals totals = new();
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = jobs }, seed =>
        {
            SeedReport report = Simulation.Run(seed);
            lock (guard)
            {
                totals.Add(report.Totals);
                done(report, totals);
            }
        });
        return totals;
    }

    public static IEnumerable<ulong> Count(ulong start, int seeds)
    {
        for (int i = 0; i < seeds; i++) yield return start + (ulong)i;
    }

    private static long Seconds(long begin) => (long)Stopwatch.GetElapsedTime(begin).TotalSeconds;
}
