using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Node.Hosting;

namespace Chain.Cli.Localnet;

/// <summary>One node of a local network.</summary>
internal sealed class LocalNode
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public LocalNode(int number, NodeHome home)
    {
        Number = number;
        Home = home;
        Process = new NodeProcess(home);
        Url = $"http://{home.ReadConfig().RpcAddress}";
    }

    public int Number { get; }

    public NodeHome Home { get; }

    public string Url { get; }

    public NodeProcess Process { get; }

    /// <summary>What the node says of itself; null when it does not answer.</summary>
    public async Task<NodeStatus?> StatusAsync(CancellationToken cancel)
    {
        using ChainClient client = new(Url);
        try
        {
            return await client.StatusAsync(cancel);
        }
        catch (ClientException)
        {
            return null;
        }
    }

    /// <summary>Returns once the node answers and stands at a height; throws when its process ends or it takes too long.</summary>
    public async Task WaitAsync(long height, TimeSpan patience, CancellationToken cancel)
    {
        DateTime until = DateTime.UtcNow + patience;
        while (await StatusAsync(cancel) is not { } status || status.LatestHeight.Value < height)
        {
            if (Process.Id is null || DateTime.UtcNow > until)
            {
                string what = Process.Id is null ? "ended" : $"did not reach height {height} in {patience.TotalSeconds} seconds";
                string tail = Process.TailOfLog();
                throw new ClientException(ClientErrorCode.Home, $"Node {Number} {what}.", tail.Length > 0 ? tail : "It wrote nothing to its log.",
                    $"See {Process.LogFile}.");
            }
            await Task.Delay(LookAgain, cancel);
        }
    }
}
