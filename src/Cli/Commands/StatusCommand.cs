using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Answers;

namespace Chain.Cli.Commands;

/// <summary><c>chain status</c>: what a node says about itself and its chain.</summary>
internal static class StatusCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<bool> listsPeers = new("--peers") { Description = "List the peers that the node is connected to." };
        return new VerbCommand("status", "Show which chain a node follows, how far it is, whether it votes, and with whom it talks.")
        {
            Options = { listsPeers },
            Examples = ["chain status", "chain status --peers", "chain status --node http://127.0.0.1:26667 --json"],
        }.Does(run, (context, cancel) => RunAsync(context, context.Parse.GetValue(listsPeers), cancel));
    }

    private static async Task<int> RunAsync(CliContext context, bool listsPeers, CancellationToken cancel)
    {
        using ChainClient client = context.Connect();
        NodeStatus status = await client.StatusAsync(cancel);
        IReadOnlyList<PeerAnswer> peers = await client.PeersAsync(cancel);
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
            ["peer_count"] = peers.Count,
        };
        if (listsPeers)
        {
            JsonArray list = [];
            foreach (PeerAnswer peer in peers) list.Add(JsonOf(peer));
            json["peers"] = list;
        }
        context.Output.Answer(json, console =>
        {
            Print(console, client, status, peers.Count);
            if (listsPeers) Print(console, peers);
        });
        return ExitCode.Ok;
    }

    private static JsonObject JsonOf(PeerAnswer peer) => new()
    {
        ["node_id"] = peer.NodeId,
        ["address"] = peer.Address,
        ["outbound"] = peer.IsOutbound,
        ["version"] = peer.Version,
        ["score"] = peer.Score,
        ["round_trip_us"] = peer.RoundTrip is { } trip ? $"{(long)trip.TotalMicroseconds}" : null,
    };

    private static void Print(Screen console, ChainClient client, NodeStatus status, int peers)
    {
        List<(string Name, string Value)> rows = [];
        void Row(string name, string value) => rows.Add((name, value));
        Row("node", $"{status.Moniker} at {client.Node}");
        Row("chain", status.ChainId);
        Row("height", status.IsCatchingUp ? $"{status.LatestHeight} (still catching up)" : $"{status.LatestHeight}");
        Row("time", Quantity.Time(status.LatestTime));
        Row("block", $"{status.LatestBlockHash}");
        Row("state", $"{status.LatestAppHash}");
        Row("votes", status.VotingPower > 0 ? $"yes, with power {status.VotingPower}" : "no, it only follows");
        Row("peers", $"{peers}");
        console.Pairs(rows);
    }

    private static void Print(Screen console, IReadOnlyList<PeerAnswer> peers)
    {
        RowTable.Print(console, [new("peer"), new("address"), new("dialled", 4), new("version", 3), new("score", 2), new("round trip", 1)],
            [.. peers.Select(peer => (string[])
            [
                peer.NodeId, peer.Address, peer.IsOutbound ? "by this node" : "by the peer", peer.Version,
                peer.Score.ToString(CultureInfo.InvariantCulture),
                peer.RoundTrip is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms") : "",
            ])]);
    }
}
