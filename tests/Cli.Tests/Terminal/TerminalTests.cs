using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Chain.Cli.Terminal;

namespace Chain.Cli.Tests.Terminal;

/// <summary>The program itself on a terminal of 80 columns, which <c>script</c> makes.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task Terminal_gets_colours_and_whole_words_and_no_colours_where_NO_COLOR_is_set()
    {
        string coloured = await RunAsync("", "stats");
        Assert.Matches("\u001b\\[[0-9;]*m", coloured);
        string plain = await RunAsync("1", "stats");
        Assert.Contains("Error: The command line", plain, StringComparison.Ordinal);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", plain);
        string home = "/nonexistent/" + string.Join('/', Enumerable.Repeat("a-long-folder", 6));
        string missing = await RunAsync("1", "keys", "show", "alice", "--home", home);
        Assert.Contains($"  chain keys new alice --home {home}\n", missing, StringComparison.Ordinal);
        Assert.All(missing.Split('\n').Where(line => !line.Contains("/nonexistent", StringComparison.Ordinal)), line => Assert.True(line.Length <= 82, line));
    }

    private static async Task<string> RunAsync(string noColor, params string[] args)
    {
        string command = "stty cols 80 rows 50; " + ShellQuote.Line(["dotnet", typeof(CommandLine).Assembly.Location, .. args]);
        ProcessStartInfo start = new("script") { RedirectStandardOutput = true, ArgumentList = { "-qc", command, "/dev/null" } };
        start.Environment["TERM"] = "xterm-256color";
        if (noColor.Length > 0) start.Environment["NO_COLOR"] = noColor;
        else start.Environment.Remove("NO_COLOR");
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Replace("\r", "", StringComparison.Ordinal);
    }
}
