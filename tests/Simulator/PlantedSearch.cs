using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Simulator.Faults;
using Chain.Simulator.Reporting;

namespace Chain.Simulator;

/// <summary>The test of the tests: which seed shows a fault that was put in on purpose.</summary>
internal static class PlantedSearch
{
    /// <summary>Prints a line for <c>planted.txt</c> for each fault. Exit status 1 when one was not found.</summary>
    public static int Run(string name, ulong start, int seeds, int jobs)
    {
        bool isComplete = true;
        foreach (PlantedFault fault in Enum.GetValues<PlantedFault>())
        {
            if (fault == PlantedFault.None || (name != "all" && name != fault.ToString())) continue;
            SeedReport? found = First(fault, start, seeds, jobs);
            isComplete &= found is not null;
            Console.WriteLine(found is null
                ? $"{fault}: not found in {seeds} seeds from {start} on"
                : $"{fault} {found.Seed} # {found.Failure!.Split('\n')[0]}");
        }
        return isComplete ? 0 : 1;
    }

    private static SeedReport? First(PlantedFault fault, ulong start, int seeds, int jobs)
    {
        Lock guard = new();
        SeedReport? found = null;
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = jobs }, (i, state) =>
        {
            if (state.ShouldExitCurrentIteration) return;
            SeedReport report = Simulation.Run(start + (ulong)i, fault);
            if (report.Failure is null) return;
            // Lower ones that run already are waited for, so that the answer does not depend on the machine.
            state.Break();
            lock (guard)
            {
                if (found is null || report.Seed < found.Seed) found = report;
            }
        });
        return found;
    }
}
