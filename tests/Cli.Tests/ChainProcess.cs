using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>Runs <c>chain</c> in a process of its own, where a test needs another user, another environment or standard error itself.</summary>
internal static class ChainProcess
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(120);

    public static string Program => Path.Combine(AppContext.BaseDirectory, "chain.dll");

    /// <param name="environment">Variables to set, beside those of the test.</param>
    /// <param name="prefix">What stands before the command and becomes it, as <c>setpriv</c> does.</param>
    public static async Task<CliRun> RunAsync(
        IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? prefix = null)
    {
        string[] words = [.. prefix ?? [], "dotnet", Program, .. args];
        ProcessStartInfo start = new(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("CHAIN_HOME");
        start.Environment.Remove("CHAIN_NODE");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeMax);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        return new CliRun(process.ExitCode, await output, await error);
    }
}
