using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Bench;
using Chain.Client;
using Chain.Client.Bench;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Client.Wallets;
using Chain.Primitives;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Cli.Commands;

/// <summary><c>chain bench</c>: loads a node with transfers and prints what it carried.</summary>
internal static class BenchCommand
{
    /// <summary>What each account of the load starts with: fees for a long run.</summary>
    private const ulong FundsEach = 100_000_000_000;

    public static VerbCommand Create(VerbRunner run)
    {
        Option<int> seconds = new("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 10 };
        Option<int> warmUp = new("--warm-up") { Description = "Seconds of load before that.", DefaultValueFactory = _ => 5 };
        Option<int> senders = new("--senders") { Description = "Accounts that send, each in 16 lanes.", DefaultValueFactory = _ => 64 };
        Option<int> connections = new("--connections") { Description = "Requests under way at once.", DefaultValueFactory = _ => 4 };
        Option<int> batch = new("--batch")
        {
            Description = "Transactions in one binary request; 0 sends each by JSON-RPC.", DefaultValueFactory = _ => 256,
        };
        Option<int> rate = new("--rate") { Description = "Transactions a second; 0 sends as many as the chain takes." };
        return new VerbCommand("bench", "Load a dev or local chain with transfers and print throughput and latency.")
        {
            Details = "The home must hold the faucet's key, which pays for the load. With the home of a local network ('chain localnet up')\n"
                + "all its nodes get a share of the load, and what they send to each other and their memory is printed too. Client and\n"
                + "nodes share this machine, so the client's own processor time is printed. The limit is one signature verification\n"
                + "for each transaction on every node.",
            Options = { seconds, warmUp, senders, connections, batch, rate },
            Examples = ["chain bench", "chain bench --rate 50", "chain bench --batch 0 --connections 16", "chain bench --home /tmp/net --seconds 30"],
        }.Does(run, async (context, cancel) =>
        {
            LoadOptions options = new()
            {
                Duration = TimeSpan.FromSeconds(InRange(context, seconds, 1, 3600)),
                WarmUp = TimeSpan.FromSeconds(InRange(context, warmUp, 0, 600)),
                Connections = InRange(context, connections, 1, 256),
                BatchSize = InRange(context, batch, 0, Limits.TransactionsPerBatchMax),
                RatePerSecond = InRange(context, rate, 0, 1_000_000),
            };
            List<PrivateKey> accounts = AccountsOf(Math.Max(InRange(context, senders, 1, 1_000), options.Connections));
            using BenchNodes nodes = BenchNodes.Of(context);
            await FundAsync(context, nodes.Clients[0], accounts, cancel);
            NodeUsage? before = null;
            LoadRun load = new(nodes.Clients, options);
            LoadReport report = await load.RunAsync(
                accounts, async stop => before = await NodeUsage.ReadAsync(nodes.Metrics, stop), cancel);
            NodeUsage? after = await NodeUsage.ReadAsync(nodes.Metrics, cancel);
            foreach (PrivateKey key in accounts) key.Dispose();
            Show(context, report, nodes.Clients.Count, before, after);
            return report.Transactions > 0 ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static int InRange(CliContext context, Option<int> option, int min, int max)
    {
        int value = context.Parse.GetValue(option);
        return value >= min && value <= max
            ? value
            : throw new ClientException(ClientErrorCode.BadInput, $"{option.Name} is out of range.", $"It is {value}.",
                $"Pass a number from {min} to {max}.");
    }

    private static List<PrivateKey> AccountsOf(int count)
    {
        List<PrivateKey> accounts = [];
        for (int i = 0; i < count; i++)
        {
            accounts.Add(PrivateKey.FromSeed(RandomNumberGenerator.GetBytes(Ed25519.SeedSize)));
        }
        return accounts;
    }

    private static async Task FundAsync(CliContext context, ChainClient client, List<PrivateKey> accounts, CancellationToken cancel)
    {
        using PrivateKey faucet = context.Wallet.Open(DevKeys.Faucet, context.Passphrase());
        TransactionBuilder builder = new(client, TimeProvider.System);
        for (int i = 0; i < accounts.Count; i += Limits.MessagesPerTransactionMax)
        {
            List<Message> messages = [];
            foreach (PrivateKey account in accounts.GetRange(i, Math.Min(Limits.MessagesPerTransactionMax, accounts.Count - i)))
            {
                messages.Add(new Transfer(account.PublicKey.Address, FundsEach, default));
            }
            SignedTransaction transaction = await builder.BuildAsync(faucet, messages, TransactionOptions.Default, cancel);
            await client.BroadcastCommitAsync(transaction.Bytes, cancel);
        }
    }

    private static void Show(CliContext context, LoadReport report, int nodes, NodeUsage? before, NodeUsage? after)
    {
        int cores = Environment.ProcessorCount;
        double share = report.ShareOfLimit(cores, nodes);
        double shareOfRest = report.ShareOfRest(cores, nodes);
        List<(string Name, double Value, string Text)> rows =
        [
            ("transactions", report.Transactions, $"{report.Transactions} transfers in {F(report.Seconds, 1)} s and {report.Blocks} blocks"),
            ("per_second", report.PerSecond, $"{F(report.PerSecond, 0)} transfers a second"),
            ("latency_ms_p50", report.LatencyMs.P50, $"{F(report.LatencyMs.P50, 1)} ms from sending to seeing the block, at the median"),
            ("latency_ms_p90", report.LatencyMs.P90, $"{F(report.LatencyMs.P90, 1)} ms for the slowest tenth"),
            ("latency_ms_p99", report.LatencyMs.P99, $"{F(report.LatencyMs.P99, 1)} ms for the slowest hundredth"),
            ("verifies_per_second", report.VerifiesPerSecond, $"{F(report.VerifiesPerSecond, 0)} signatures a second verifies one core"),
            ("nodes", nodes, $"{nodes} {(nodes == 1 ? "node" : "nodes")} on {cores} cores"),
            ("share_of_limit", share, $"{F(share * 100, 1)} % of what these cores could verify"),
            ("client_cpu_seconds", report.ClientCpuSeconds, $"{F(report.ClientCpuSeconds, 1)} s of processor time went to the load itself"),
            ("share_of_rest", shareOfRest, $"{F(shareOfRest * 100, 1)} % of what the cores could verify in the time that the load left them"),
        ];
        if (before is not null && after is not null)
        {
            double wire = (after.SentBytes - before.SentBytes) / Math.Max(1, report.Transactions);
            double cpuUs = (after.CpuSeconds - before.CpuSeconds) / Math.Max(1, report.Transactions) / nodes * 1e6;
            rows.Add(("wire_bytes_per_transaction", wire, $"{F(wire, 0)} bytes between the nodes for each transfer"));
            rows.Add(("node_cpu_us_per_transaction", cpuUs, $"{F(cpuUs, 0)} us of processor time for each transfer on each node"));
            rows.Add(("memory_mb_max", after.MemoryBytes / 1e6, $"{F(after.MemoryBytes / 1e6, 0)} MB of memory in the largest node"));
        }
        JsonObject json = [];
        foreach ((string name, double value, _) in rows) json[name] = Math.Round(value, 3);
        context.Output.Answer(json, console =>
        {
            foreach ((_, _, string text) in rows) console.WriteLine(text);
        });
    }

    private static string F(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);
}
