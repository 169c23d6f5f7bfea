using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Spectre.Console;

namespace Chain.Cli.Commands;

/// <summary><c>chain status</c>: what a node says about itself and its chain.</summary>
internal static class StatusCommand
{
    public static VerbCommand Create(VerbRunner run) =>
        new VerbCommand("status", "Show which chain a node follows, how far it is, and whether it votes.")
        {
            Examples = ["chain status", "chain status --node http://127.0.0.1:26667 --json"],
        }.Does(run, RunAsync);

    private static async Task<int> RunAsync(CliContext context, CancellationToken cancel)
    {
        using ChainClient client = context.Connect();
        NodeStatus status = await client.StatusAsync(cancel);
        JsonObject json = new()
        {
            ["node"] = client.Node.ToString(),
            ["chain_id"] = status.ChainId,
            ["moniker"] = status.Moniker,
            ["node_id"] = status.NodeId,
            ["rpc_version"] = status.Version,
            ["height"] = status.LatestHeight.ToString(),
            ["time"] = status.LatestTime.ToString(),
            ["block_hash"] = status.LatestBlockHash.ToString(),
            ["app_hash"] = status.LatestAppHash.ToString(),
            ["catching_up"] = status.IsCatchingUp,
            ["validator_address"] = status.ValidatorAddress.ToHex(),
            ["voting_power"] = $"{status.VotingPower}",
        };
        context.Output.Answer(json, console => Print(console, client, status));
        return ExitCode.Ok;
    }

    private static void Print(IAnsiConsole console, ChainClient client, NodeStatus status)
    {
        Grid grid = new Grid().AddColumn().AddColumn();
        void Row(string name, string value) => grid.AddRow(new Text(name), new Text(value));
        Row("node", $"{status.Moniker} at {client.Node}");
        Row("chain", status.ChainId);
        Row("height", status.IsCatchingUp ? $"{status.LatestHeight} (still catching up)" : $"{status.LatestHeight}");
        Row("time", $"{status.LatestTime}");
        Row("block", $"{status.LatestBlockHash}");
        Row("state", $"{status.LatestAppHash}");
        Row("votes", status.VotingPower > 0 ? $"yes, with power {status.VotingPower}" : "no, it only follows");
        console.Write(grid);
    }
}
