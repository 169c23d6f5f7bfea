using System;
using System.Threading.Tasks;

namespace Chain.Simulator;

/// <summary>
/// The simulator by its own arguments (<see cref="Commands"/>); with those of the test runner, as ./test gives them, a test
/// project like the others.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Length > 0 && args[0].StartsWith("--", StringComparison.Ordinal)) return Commands.Run(args);
        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
