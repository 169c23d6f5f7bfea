using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;

namespace Chain.Cli.Localnet;

/// <summary>
/// The process of one node of a local network: it outlives the command that started it, writes to <c>node.log</c> in its home,
/// and is found again by <c>node.pid</c>.
/// </summary>
internal sealed class NodeProcess(NodeHome home)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    public string LogFile => Path.Combine(home.Root, "node.log");

    /// <summary>The id of the running process; null when there is none.</summary>
    public int? Id
    {
        get
        {
            if (!File.Exists(PidFile)) return null;
            string text = File.ReadAllText(PidFile).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && IsOurs(id) ? id : null;
        }
    }

    private string PidFile => Path.Combine(home.Root, "node.pid");

    /// <summary>What runs this program, where that is <c>dotnet</c> itself.</summary>
    private static string Runtime => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    /// <summary>Starts the node in a session of its own, so that Ctrl-C here does not reach it.</summary>
    public void Start()
    {
        ProcessStartInfo start = new("setsid")
        {
            RedirectStandardInput = true,
            ArgumentList =
            {
                "/bin/sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", LogFile,
                Runtime, typeof(NodeProcess).Assembly.Location, "start", "--home", home.Root,
            },
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        File.WriteAllText(PidFile, process.Id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Asks the process to stop and waits until it has; true when there was one.</summary>
    public Task<bool> StopAsync(CancellationToken cancel) => SignalAsync("-TERM", cancel);

    /// <summary>Ends the process at once, as a power failure would; true when there was one.</summary>
    public Task<bool> KillAsync(CancellationToken cancel) => SignalAsync("-KILL", cancel);

    /// <summary>The last lines that the node wrote, to show why it does not run.</summary>
    public string TailOfLog()
    {
        if (!File.Exists(LogFile)) return "";
        string[] lines = File.ReadAllLines(LogFile);
        return string.Join('\n', lines[Math.Max(0, lines.Length - 6)..]);
    }

    private async Task<bool> SignalAsync(string signal, CancellationToken cancel)
    {
        if (Id is not { } id) return false;
        // The shell's own: a bare system has no program of that name.
        using Process kill = Process.Start("/bin/sh", ["-c", "kill \"$0\" \"$1\"", signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
        long began = Stopwatch.GetTimestamp();
        while (IsOurs(id) && Stopwatch.GetElapsedTime(began) < StopPatience) await Task.Delay(LookAgain, cancel);
        return true;
    }

    /// <summary>A process id may be somebody else's by now: ours names this home on its command line, and is no zombie.</summary>
    private bool IsOurs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(home.Root, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
