using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Bench;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Client.Wallets;
using Chain.Primitives;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Spectre.Console;

namespace Chain.Cli.Commands;

/// <summary><c>chain bench</c>: loads a node with transfers and prints what it carried.</summary>
internal static class BenchCommand
{
    /// <summary>What each account of the load starts with: fees for a long run.</summary>
    private const ulong FundsEach = 100_000_000_000;

    public static VerbCommand Create(VerbRunner run)
    {
        Option<int> seconds = new("--seconds") { Description = "How long to send.", DefaultValueFactory = _ => 10 };
        Option<int> senders = new("--senders") { Description = "Accounts that send, each in 16 lanes.", DefaultValueFactory = _ => 32 };
        Option<int> connections = new("--connections") { Description = "Calls under way at once.", DefaultValueFactory = _ => 16 };
        return new VerbCommand("bench", "Load a dev or local chain with transfers and print throughput and latency.")
        {
            Details = "The node's faucet key must be in the home: it pays for the load. Client and node share this machine, so the\n"
                + "client's own processor time is printed as well. The limit is one signature verification for each transaction.",
            Options = { seconds, senders, connections },
            Examples = ["chain bench", "chain bench --seconds 30 --senders 64"],
        }.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            List<PrivateKey> accounts = AccountsOf(context.Parse.GetValue(senders));
            await FundAsync(context, client, accounts, cancel);
            LoadRun load = new(client, Math.Clamp(context.Parse.GetValue(connections), 1, accounts.Count));
            BenchReport report = await load.RunAsync(accounts, TimeSpan.FromSeconds(context.Parse.GetValue(seconds)), cancel);
            foreach (PrivateKey key in accounts) key.Dispose();
            Show(context, report);
            return report.Transactions > 0 ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static List<PrivateKey> AccountsOf(int count)
    {
        if (count is < 1 or > 1_000)
        {
            throw new ClientException(
                ClientErrorCode.BadInput, "--senders is out of range.", $"It is {count}.", "Pass a number from 1 to 1000.");
        }
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

    private static void Show(CliContext context, BenchReport report)
    {
        int cores = Environment.ProcessorCount;
        (string Name, double Value, string Text)[] rows =
        [
            ("transactions", report.Transactions, $"{report.Transactions} transfers in {F(report.Seconds, 1)} s and {report.Blocks} blocks"),
            ("per_second", report.PerSecond, $"{F(report.PerSecond, 0)} transfers a second"),
            ("latency_ms_p50", report.LatencyMs.P50, $"{F(report.LatencyMs.P50, 1)} ms from sending to seeing the block, at the median"),
            ("latency_ms_p90", report.LatencyMs.P90, $"{F(report.LatencyMs.P90, 1)} ms for the slowest tenth"),
            ("latency_ms_p99", report.LatencyMs.P99, $"{F(report.LatencyMs.P99, 1)} ms for the slowest hundredth"),
            ("verifies_per_second", report.VerifiesPerSecond, $"{F(report.VerifiesPerSecond, 0)} signatures a second verifies one core"),
            ("share_of_limit", report.ShareOfLimit(cores), $"{F(report.ShareOfLimit(cores) * 100, 1)} % of what {cores} cores could verify"),
            ("client_cpu_seconds", report.ClientCpuSeconds, $"{F(report.ClientCpuSeconds, 1)} s of processor time went to the load itself"),
        ];
        JsonObject json = [];
        foreach ((string name, double value, _) in rows) json[name] = Math.Round(value, 3);
        context.Output.Answer(json, console =>
        {
            foreach ((_, _, string text) in rows) console.WriteLine(text);
        });
    }

    private static string F(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);
}
