using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Chain.Simulator.Faults;
using Chain.Simulator.Reporting;

namespace Chain.Simulator;

/// <summary>What ./test runs: seeds that nobody has seen, those that once failed, and one for each planted fault.</summary>
public sealed class SimulatorTests
{
    private const int FreshSeeds = 300;

    private static int Jobs => Environment.ProcessorCount;

    [Fact]
    public void Fresh_seeds_run_clean()
    {
        ulong start = ulong.Parse(DateTime.UtcNow.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) * 1000;
        Console.WriteLine($"   simulator: --start {start} --seeds {FreshSeeds}");
        Totals totals = AssertClean(SeedRange.Count(start, FreshSeeds));
        Console.WriteLine($"   simulator: {totals}");
    }

    [Fact]
    public void Remembered_seeds_run_clean() => AssertClean(SeedFiles.Remembered());

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void A_seed_gives_the_same_trace_every_time(ulong seed) =>
        Assert.Equal(Simulation.Run(seed).Hash, Simulation.Run(seed, keepsLines: true).Hash);

    [Fact]
    public void Every_planted_fault_has_its_seed() =>
        Assert.Equal(Enum.GetValues<PlantedFault>().Skip(1), SeedFiles.Planted().ConvertAll(static planted => planted.Fault));

    [Fact]
    public void Planted_faults_are_noticed()
    {
        foreach ((PlantedFault fault, ulong seed) in SeedFiles.Planted())
        {
            Assert.True(Simulation.Run(seed, fault).Failure is not null, $"--seed {seed} --fault {fault} runs clean: search with --planted {fault}");
        }
    }

    private static Totals AssertClean(IEnumerable<ulong> seeds)
    {
        List<string> failures = [];
        Totals totals = SeedRange.Each(seeds, Jobs, (report, _) =>
        {
            if (report.Failure is not null) failures.Add($"dotnet run --project tests/Simulator -- --seed {report.Seed}\n{report.Failure}");
        });
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        return totals;
    }
}
