using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Chain.Cli.Dev;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Wallets;
using Chain.Node.Hosting;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Chain.Cli.Commands;

/// <summary><c>chain dev</c>: a chain of one's own to play with.</summary>
internal static class DevCommand
{
    private const int RpcPortDefault = 26657;

    public static VerbCommand Create(VerbRunner run)
    {
        Option<int> port = new("--port")
        {
            Description = "Port of the RPC server; 0 takes a free one. Only used when the home is made.",
            HelpName = "PORT",
            DefaultValueFactory = _ => RpcPortDefault,
        };
        Option<bool> verbose = new("--verbose") { Description = "Show what the node does." };
        return new VerbCommand("dev", "Run a chain of your own to play with: one validator, ten people with money.")
        {
            Details = "The first run makes the home; later runs go on from where it stopped. Blocks come when there is something to do.\n"
                + "Stop it with Ctrl-C. To begin anew, remove the home folder.",
            Options = { port, verbose },
            Subcommands = { Advance(run) },
            Examples = ["chain dev", "chain dev --home /tmp/play --port 0", "chain dev advance 1h"],
        }.Does(run, async (context, cancel) =>
        {
            RocksDbStore.Preload();
            NodeHome home = new(context.Home);
            bool isNew = !home.Exists;
            if (isNew)
            {
                RefuseTakenPort(context.Parse.GetValue(port));
                NodeConfig config = new()
                {
                    Moniker = "dev",
                    RpcAddress = $"127.0.0.1:{context.Parse.GetValue(port)}",
                    IsDev = true,
                };
                DevChain.Create(context.Home, config, DevKeys.People);
            }
            else if (!home.ReadConfig().IsDev)
            {
                throw new NodeStopException(Node.Hosting.ExitCode.BadInput,
                    $"{home.Root} holds a node that is not for development",
                    "Start it with 'chain start', or name another folder with --home.");
            }
            LogLevel level = context.Parse.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning;
            return (int)await NodeHost.RunAsync(home, node => Announce(context, node, isNew), level, checksStore: false, cancel);
        });
    }

    /// <summary>Before the home is made, since it keeps its port.</summary>
    private static void RefuseTakenPort(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new NodeStopException(Node.Hosting.ExitCode.Unavailable, $"the address 127.0.0.1:{port} cannot be used: {e.Message}",
                "Stop what listens there, or take a free port with 'chain dev --port 0'. No home was made.", e);
        }
    }

    private static VerbCommand Advance(VerbRunner run)
    {
        Argument<ulong> seconds = Values.SecondsArgument("time", "How far to move the clock.");
        return new VerbCommand("advance",
            "Move the clock of a running dev chain forward, so that deadlines pass and leases are paid.")
        {
            Arguments = { seconds },
            Examples = ["chain dev advance 30", "chain dev advance 2h"],
        }.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            ulong wanted = context.Parse.GetValue(seconds);
            Timestamp now = await client.AdvanceClockAsync((long)wanted, cancel);
            JsonObject json = new() { ["advanced_seconds"] = $"{wanted}", ["time"] = now.ToString() };
            context.Output.Answer(json, console => console.WriteLine($"The chain's clock now shows {Quantity.Time(now)}."));
            return ExitCode.Ok;
        });
    }

    private static void Announce(CliContext context, ChainNode node, bool isNew)
    {
        string url = $"http://{node.RpcEndpoint}";
        IReadOnlyList<WalletEntry> keys = context.Wallet.List();
        JsonArray accounts = [];
        foreach (WalletEntry key in keys)
        {
            accounts.Add(new JsonObject { ["name"] = key.Name, ["address"] = key.Address.ToString() });
        }
        JsonObject json = new() { ["node"] = url, ["home"] = context.Home, ["new"] = isNew, ["accounts"] = accounts };
        context.Output.Answer(json, console => Print(console, context, keys, url, isNew));
    }

    private static void Print(Screen console, CliContext context, IReadOnlyList<WalletEntry> keys, string url,
        bool isNew)
    {
        console.WriteLine(isNew ? "A new chain was made and runs." : "The chain goes on from where it stopped.");
        console.Whole($"  node  {url}");
        console.Whole($"  home  {context.Home}");
        console.WriteLine();
        RowTable.Print(console, [new("name"), new("address"), new("remark", 1)],
            [.. keys.Select(key => (string[])[key.Name, key.Address.ToString(), RemarkOf(key.Name)])]);
        console.WriteLine();
        console.WriteLine("The secrets of these keys are known to everybody. Never use them where money is real.", Color.Yellow);
        string[] node = url == $"http://127.0.0.1:{RpcPortDefault}" ? [] : ["--node", url];
        console.WriteLine("Try in another terminal:");
        console.Command(context.WithHome(["chain", "status", .. node]));
        console.Command(context.WithHome(["chain", "tx", "transfer", "bob", "12.5", "--from", "alice", "--wait", .. node]));
        console.Command(context.WithHome(["chain", "query", "account", "bob", "--prove", .. node]));
        console.WriteLine("Stop with Ctrl-C.");
    }

    private static string RemarkOf(string name) => name switch
    {
        DevKeys.Faucet => "pays what 'chain faucet' gives",
        DevKeys.Auditor => "accredited to attest providers",
        "operator" => "runs the validator",
        _ => $"{Amount.Format(DevChain.PersonBalance)} credits at the start",
    };
}
