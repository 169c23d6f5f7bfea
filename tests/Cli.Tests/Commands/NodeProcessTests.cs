using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Chain.Cli.Localnet;
using Chain.Node.Hosting;

namespace Chain.Cli.Tests.Commands;

/// <summary>How a process of a local network is told from another, from the moment it is started.</summary>
public sealed class NodeProcessTests : System.IDisposable
{
    private readonly TempHome _home = new();

    private string PidFile => _home.File("node.pid");

    public void Dispose() => _home.Dispose();

    /// <summary>The command line in /proc is empty or another program's while a process starts; id and start time are there at once.</summary>
    [Fact]
    public void Process_is_known_by_id_and_start_time_whatever_its_command_line_shows()
    {
        using Process sleeper = Process.Start("sleep", ["60"]);
        try
        {
            string id = sleeper.Id.ToString(CultureInfo.InvariantCulture);
            string began = StartTimeOf(sleeper.Id);
            NodeProcess node = new(new NodeHome(_home.Path));
            File.WriteAllText(PidFile, $"{id} {began}");
            Assert.Equal(sleeper.Id, node.Id);
            File.WriteAllText(PidFile, $"{id} {began}1");
            Assert.Null(node.Id);
            File.WriteAllText(PidFile, $"{id} {began}");
        }
        finally
        {
            sleeper.Kill();
            sleeper.WaitForExit();
        }
        Assert.Null(new NodeProcess(new NodeHome(_home.Path)).Id);
    }

    [Fact]
    public async Task Started_process_is_known_at_once_and_the_shown_log_is_of_this_start()
    {
        await File.WriteAllTextAsync(_home.File("node.log"), "a line of an earlier start\n");
        NodeProcess node = new(new NodeHome(_home.Path));
        node.Start();
        Assert.NotNull(node.Id);
        // The home holds no node, so the process ends by itself.
        for (int look = 0; look < 600 && node.Id is not null; look++) await Task.Delay(100);
        Assert.Null(node.Id);
        Assert.Contains("node.json", node.TailOfLog(), System.StringComparison.Ordinal);
        Assert.DoesNotContain("earlier start", node.TailOfLog(), System.StringComparison.Ordinal);
    }

    private static string StartTimeOf(int id)
    {
        string stat = File.ReadAllText($"/proc/{id}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }
}
