using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Documents;

/// <summary>Runs the commands that documents and help texts show against a dev chain.</summary>
public sealed class DocumentedCommandNodeTests(DevNode node) : IClassFixture<DevNode>
{
    /// <summary>What the examples tell when read in the order of a lease's life: each does what its help says.</summary>
    private static readonly string[] Story =
    [
        "chain keys new bot",
        "chain tx transfer bob 12.5 --from alice --wait",
        "chain query account bob --prove",
        "chain tx register --stake 1000 --region DE --capacity cpu_milli=8000 --capacity memory_mib=32768 --from bob --wait",
        "chain tx register --role auditor --stake 1000 --from auditor --wait",
        "chain tx attest bob region --data \"visited on site\" --expires-in 12h --from auditor --wait",
        "chain tx offer-post 800000ncredit --cpu 1000 --memory 2048 --from bob --wait",
        "chain tx order --cpu 2000 --memory 4096 --max-rate 1000000ncredit --from alice --wait",
        "chain tx bid 1 800000ncredit --from bob --wait",
        "chain tx lease 1 bob --from alice --wait",
        "chain tx lease-start 1 --from alice --wait",
        "chain tx lease-start 1 --workload web@sha256:… --endpoint https://host.example:8443 --from bob --wait",
        "chain tx deposit lease 1 2.5 --from alice --wait",
        "chain dev advance 30",
        "chain tx lease-close 1 --from alice --wait",
        "chain tx review 1 --stars 5 --text \"fast and quiet\" --from alice --wait",
        "chain tx propose parameters bid_cap=64 --from alice --wait",
        "chain tx stake bond 50 --from bob --wait",
        "chain query order 1",
        "chain query lease 1 --prove",
        "chain query bill 1",
        "chain query reputation bob",
        "chain query tier bob",
        "chain query timeline lease 1",
        "chain query reviews 1",
        "chain query params",
        "chain query supply",
        "chain query validators",
        "chain status",
        "chain status --peers",
        "chain light verify",
        "chain keys show alice",
        "chain faucet alice 1000",
        "chain dev advance 1h",
    ];

    /// <summary>Kinds of examples that need no other node, no file and no other home.</summary>
    private static readonly string[] Runnable = ["tx", "query", "status", "faucet"];

    private static readonly string[] FileFaults = ["find file", "find a part of the path", "no file of that name", "not a transaction"];

    [Fact]
    public async Task Example_against_a_dev_chain_does_what_its_help_says_or_is_refused_by_the_chain_in_words()
    {
        await FollowTrustedHeaderAsync();
        foreach (string command in Story)
        {
            CliRun run = await RunAsync(command);
            Assert.True(run.Status == 0, $"{command}: {run.Status}\n{run.Out}{run.Error}");
            AssertForPeople(command, run.Out);
        }
        List<string> faults = [];
        foreach (string command in DocumentedCommands.Whole().Where(IsRunnable).Except(Story))
        {
            CliRun run = await RunAsync(command, "--json");
            string code = run.Status == 0 ? "" : (string?)run.Json["error"]?["code"] ?? "";
            bool isGood = run.Status == 0 || (run.Status == 1 && code is not ("" or "bad_answer" or "node_unreachable"))
                || (run.Status == 64 && IsAboutAFile(run));
            if (!isGood) faults.Add($"{command}: {run.Status} {run.Out}{run.Error}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await CheckTimelineAsync();
    }

    /// <summary>After more than a thousand blocks the events of a lease are still told, and how far was searched.</summary>
    private async Task CheckTimelineAsync()
    {
        await node.AskAsync("dev", "advance", "9h");
        JsonObject all = await node.AskAsync("query", "timeline", "lease", "1");
        JsonArray events = all["events"]!.AsArray();
        Assert.Contains(events, told => (string)told!["event"]! == "LeaseCreated");
        Assert.True((bool)all["complete"]!);
        Assert.True(long.Parse((string)all["last_height"]!, CultureInfo.InvariantCulture) - (long)events[0]!["height"]! > 1000);
        CliRun few = await node.RunAsync("query", "timeline", "lease", "1", "--blocks", "3");
        Assert.Contains("No event of lease 1 is in blocks", few.Out, StringComparison.Ordinal);
        Assert.Contains("Older blocks were not searched: the node keeps them from 1 on", few.Out, StringComparison.Ordinal);
        CliRun never = await node.RunAsync("query", "timeline", "lease", "999");
        Assert.Contains("went back to the first block", never.Out, StringComparison.Ordinal);
    }

    private static bool IsRunnable(string command)
    {
        string[] words = DocumentedCommands.Words(command);
        return Runnable.Contains(words[0]) && !words.Contains("--node") && !words.Contains("--home") && !words.Contains("--node-home") && !words.Contains("--help");
    }

    private static bool IsAboutAFile(CliRun run) => (string)run.Json["error"]!["why"]! + (string)run.Json["error"]!["what"]!
        is { } text && FileFaults.Any(fault => text.Contains(fault, StringComparison.Ordinal));

    /// <summary>Rows whole, no box drawing, no number of base units or of seconds since 1970 where money or a time stands.</summary>
    private static void AssertForPeople(string command, string text)
    {
        Assert.DoesNotContain(text, c => c is '\u001b' or > '\u2500' and < '\u2600');
        Assert.False(text.Contains("{\"", StringComparison.Ordinal), $"{command} prints JSON: {text}");
        string[] words = text.Split([' ', '\n', ',', '='], StringSplitOptions.RemoveEmptyEntries);
        // Whole numbers above a billion are base units or times that nobody reads.
        string[] raw = [.. words.Where(word => word.Length > 9 && word.All(char.IsAsciiDigit) && !text.Contains($"base_fee_response              {word}", StringComparison.Ordinal) && !text.Contains($"{word} credits", StringComparison.Ordinal))];
        Assert.True(raw.Length == 0, $"{command} prints {string.Join(", ", raw)}:\n{text}");
    }

    /// <summary>Nothing here is waited for that never comes.</summary>
    private Task<CliRun> RunAsync(string command, params string[] more) =>
        node.RunAsync([.. DocumentedCommands.Words(command.Replace("--timeout 2m", "--timeout 1s", StringComparison.Ordinal)), .. more]);

    /// <summary>The help of 'light sync' shows this. It comes before the clock of the chain is moved, since a header of the future is refused.</summary>
    private async Task FollowTrustedHeaderAsync()
    {
        JsonObject status = await node.AskAsync("status");
        string height = (string)status["height"]!;
        using TempHome scratch = new();
        CliRun run = await node.RunAsync(
            "light", "sync", "--trust-height", height, "--trust-hash", (string)status["block_hash"]!, "--store", Path.Combine(scratch.Path, "light.json"));
        Assert.True(run.Status == 0, run.Out + run.Error);
    }
}
