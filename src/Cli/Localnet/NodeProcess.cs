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

    /// <summary>Length of the log when this object started the process: what stands before it is of earlier starts.</summary>
    private long _logStart;

    public string LogFile => Path.Combine(home.Root, "node.log");

    /// <summary>The id of the running process; null when there is none.</summary>
    public int? Id
    {
        get
        {
            if (!File.Exists(PidFile)) return null;
            string[] words = File.ReadAllText(PidFile).Split(' ', StringSplitOptions.TrimEntries);
            return words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && StartTimeOf(id) == words[1] ? id : null;
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
        _logStart = File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        File.WriteAllText(PidFile, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartTimeOf(process.Id) ?? "0"}"));
    }

    /// <summary>Asks the process to stop and waits until it has; true when there was one.</summary>
    public Task<bool> StopAsync(CancellationToken cancel) => SignalAsync("-TERM", cancel);

    /// <summary>Ends the process at once, as a power failure would; true when there was one.</summary>
    public Task<bool> KillAsync(CancellationToken cancel) => SignalAsync("-KILL", cancel);

    /// <summary>The last lines that the node wrote since this object started it, to show why it does not run.</summary>
    public string TailOfLog()
    {
        if (!File.Exists(LogFile)) return "";
        using FileStream file = new(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Min(_logStart, file.Length);
        using StreamReader reader = new(file);
        string[] lines = reader.ReadToEnd().TrimEnd().Split('\n');
        return string.Join('\n', lines[Math.Max(0, lines.Length - 6)..]);
    }

    private async Task<bool> SignalAsync(string signal, CancellationToken cancel)
    {
        if (Id is not { } id) return false;
        // The shell's own: a bare system has no program of that name.
        using Process kill = Process.Start("/bin/sh", ["-c", "kill \"$0\" \"$1\"", signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
        long began = Stopwatch.GetTimestamp();
        while (Id == id && Stopwatch.GetElapsedTime(began) < StopPatience) await Task.Delay(LookAgain, cancel);
        return true;
    }

    /// <summary>
    /// When a process began, in clock ticks since the boot; null when it has ended. With the id it names a process for good: an id
    /// may be another's by now, and the command line is empty for a moment while a program takes the place of another.
    /// </summary>
    /// <remarks>proc(5): fields 3 (state) and 22 (starttime) of /proc/PID/stat, after a name in parentheses that may hold any byte.</remarks>
    private static string? StartTimeOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
