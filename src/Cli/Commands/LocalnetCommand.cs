using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Localnet;
using Chain.Cli.Terminal;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Commands;

/// <summary><c>chain localnet</c>: several validators on this machine.</summary>
internal static class LocalnetCommand
{
    private const int BasePortDefault = 26656;
    private const int ValidatorsMax = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static VerbCommand Create(VerbRunner run) => new("localnet", "Run several validators on this machine, each a process of its own.")
    {
        Details = "They speak over TLS as they would between machines. A home folder holds one network: node0, node1 and so on,\n"
            + "and a wallet with money to play with. Stopped nodes go on from where they were with 'up'.",
        Subcommands = { Up(run), Down(run), Status(run), Advance(run) },
        Examples = ["chain localnet up --validators 4 --home /tmp/net", "chain localnet status --home /tmp/net", "chain localnet down --home /tmp/net"],
    };

    private static VerbCommand Up(VerbRunner run)
    {
        Option<int> validators = new("--validators")
        {
            Description = "How many, when the network is made.",
            HelpName = "N",
            DefaultValueFactory = _ => 4,
        };
        Option<int> basePort = new("--base-port")
        {
            Description = "Node i listens at this + 10·i for peers and at the next port for RPC, when the network is made.",
            HelpName = "PORT",
            DefaultValueFactory = _ => BasePortDefault,
        };
        Option<int?> only = Only();
        return new VerbCommand("up", "Make the network if it is not there, and start the nodes that do not run.")
        {
            Options = { validators, basePort, only },
            Examples = ["chain localnet up", "chain localnet up --only 2"],
        }.Does(run, async (context, cancel) =>
        {
            string folder = FolderOf(context);
            if (!LocalNetwork.Exists(folder))
            {
                int count = context.Parse.GetValue(validators);
                int port = context.Parse.GetValue(basePort);
                Check(count is >= 1 and <= ValidatorsMax, $"'{count}' is not a number of validators.", $"It goes from 1 to {ValidatorsMax}.");
                Check(port is >= 1 && port + (10 * count) <= 65535, $"'{port}' is no base port.", "All ports must lie between 1 and 65535.");
                LocalNetwork.Create(folder, count, port, DevKeys.People);
            }
            LocalNetwork network = LocalNetwork.Open(folder);
            IReadOnlyList<LocalNode> picked = network.Pick(context.Parse.GetValue(only));
            foreach (LocalNode node in picked)
            {
                if (node.Process.Id is null) node.Process.Start();
            }
            foreach (LocalNode node in picked) await node.WaitAsync(height: 0, Patience, cancel);
            await PrintAsync(context, network, cancel);
            return ExitCode.Ok;
        });
    }

    private static VerbCommand Down(VerbRunner run)
    {
        Option<int?> only = Only();
        return new VerbCommand("down", "Stop the nodes. Their homes stay.") { Options = { only } }.Does(run, async (context, cancel) =>
        {
            LocalNetwork network = LocalNetwork.Open(FolderOf(context));
            List<Task<bool>> stops = [];
            foreach (LocalNode node in network.Pick(context.Parse.GetValue(only))) stops.Add(node.Process.StopAsync(cancel));
            int stopped = 0;
            foreach (bool was in await Task.WhenAll(stops)) stopped += was ? 1 : 0;
            JsonObject json = new() { ["home"] = network.Folder, ["stopped"] = stopped };
            context.Output.Answer(json, console => console.WriteLine($"{stopped} nodes stopped. Their homes stay in {network.Folder}."));
            return ExitCode.Ok;
        });
    }

    private static VerbCommand Status(VerbRunner run) =>
        new VerbCommand("status", "Show each node: whether it runs, its height and its state.").Does(run, async (context, cancel) =>
        {
            await PrintAsync(context, LocalNetwork.Open(FolderOf(context)), cancel);
            return ExitCode.Ok;
        });

    private static VerbCommand Advance(VerbRunner run)
    {
        Argument<ulong> seconds = Values.SecondsArgument("time", "How far to move the clocks.");
        return new VerbCommand("advance", "Move the clocks of all nodes forward together, so that deadlines pass and leases are paid.")
        {
            Arguments = { seconds },
            Examples = ["chain localnet advance 30", "chain localnet advance 2h"],
        }.Does(run, async (context, cancel) =>
        {
            ulong wanted = context.Parse.GetValue(seconds);
            Timestamp now = await LocalNetwork.Open(FolderOf(context)).AdvanceAsync((long)wanted, cancel);
            JsonObject json = new() { ["advanced_seconds"] = $"{wanted}", ["time"] = now.ToString() };
            context.Output.Answer(json, console => console.WriteLine($"The chain's clock now shows {Quantity.Time(now)}."));
            return ExitCode.Ok;
        });
    }

    private static Option<int?> Only() => new("--only") { Description = "This node alone.", HelpName = "NUMBER" };

    private static string FolderOf(CliContext context) =>
        context.HasHome ? context.Home : Path.Combine(context.Home, "localnet");

    private static async Task PrintAsync(CliContext context, LocalNetwork network, CancellationToken cancel)
    {
        List<string[]> rows = [];
        JsonArray nodes = [];
        foreach (LocalNode node in network.Nodes)
        {
            NodeStatus? status = await node.StatusAsync(cancel);
            string process = node.Process.Id is { } id ? $"{id}" : "stopped";
            string remark = status is null ? (process == "stopped" ? "" : "does not answer") : status.IsCatchingUp ? "catching up" : "";
            rows.Add(
            [
                $"{node.Number}", process, node.Url, status is null ? "" : $"{status.LatestHeight}",
                status is null ? "" : $"{status.LatestAppHash}", remark,
            ]);
            nodes.Add(new JsonObject
            {
                ["number"] = node.Number,
                ["process"] = node.Process.Id,
                ["node"] = node.Url,
                ["home"] = node.Home.Root,
                ["log"] = node.Process.LogFile,
                ["height"] = status?.LatestHeight.ToString(),
                ["app_hash"] = status?.LatestAppHash.ToString(),
                ["catching_up"] = status?.IsCatchingUp,
            });
        }
        context.Output.Answer(new JsonObject { ["home"] = network.Folder, ["nodes"] = nodes }, console =>
        {
            RowTable.Print(console, [new("node"), new("process"), new("RPC"), new("height"), new("state", 1), new("remark", 2)], rows);
            console.WriteLine("Wallet and homes are in:");
            console.Whole($"  {network.Folder}");
            console.WriteLine("For example:");
            console.Command("chain", "status", "--node", network.Nodes[0].Url);
            console.Command("chain", "tx", "transfer", "bob", "5", "--from", "alice", "--wait", "--home", network.Folder,
                "--node", network.Nodes[0].Url);
        });
    }

    private static void Check(bool holds, string what, string why)
    {
        if (!holds) throw new ClientException(ClientErrorCode.BadInput, what, why, "See 'chain localnet up --help'.");
    }
}
