using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Chain.Cli.Demo;
using Chain.Cli.Terminal;
using Chain.Client.Errors;

namespace Chain.Cli.Commands;

/// <summary><c>chain demo</c>: the whole story on a node of its own.</summary>
internal static class DemoCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<bool> keep = new("--keep")
        {
            Description = "Leave the network running afterwards, to look around, until Ctrl-C.",
        };
        return new VerbCommand("demo",
            "Watch a whole lease, from the first credit to the last review, on a network made for it.")
        {
            Details = "It starts four validators in a temporary folder, plays everybody's part with real transactions, shows the money of everybody\n"
                + "after each step and that it adds up, ends one validator in the middle and brings it back, checks a proof of the result,\n"
                + "and removes everything again.",
            Options = { keep },
            Examples = ["chain demo", "chain demo --keep", "chain demo --json"],
        }.Does(run, async (context, cancel) =>
        {
            long start = Stopwatch.GetTimestamp();
            await using DemoChain chain = await DemoChain.StartAsync(cancel);
            DemoTeller teller = new(context.Output);
            try
            {
                await new DemoStory(chain, teller).TellAsync(cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                chain.KeepsFolder = true;
                if (e is ClientException fault) throw chain.WithFolder(fault);
                context.Output.Warn($"Homes and logs of all nodes are kept in {chain.Home}");
                throw;
            }
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            bool isKept = context.Parse.GetValue(keep);
            teller.Json["node"] = chain.Url;
            teller.Json["home"] = chain.Home;
            teller.Json["chain_id"] = chain.Genesis.ChainId;
            teller.Json["duration_ms"] = (long)took.TotalMilliseconds;
            context.Output.Answer(teller.Json, console =>
            {
                console.WriteLine();
                console.WriteLine($"That was the whole story, in {took.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} seconds.");
                if (isKept) PrintKept(console, chain);
                else Farewell(console);
            });
            if (isKept) await chain.RunToEndAsync(cancel);
            return ExitCode.Ok;
        });
    }

    private static void Farewell(Screen console)
    {
        console.WriteLine("The nodes stop now, and their folder is removed. To play yourself, with one node or with several:");
        console.Command("chain", "dev");
        console.Command("chain", "localnet", "up");
    }

    private static void PrintKept(Screen console, DemoChain chain)
    {
        string[] more = ["--home", chain.Home, "--node", chain.Url];
        console.WriteLine($"The network runs on; its first node answers at {chain.Url}. Look around from another terminal:");
        console.Command("chain", "status", "--node", chain.Url);
        console.Command(["chain", "query", "lease", "1", "--prove", .. more]);
        console.Command("chain", "query", "leases", "--node", chain.Url);
        console.Command(["chain", "tx", "transfer", "ada", "5", "--from", "north", "--wait", .. more]);
        console.WriteLine("Stop it with Ctrl-C; its folder is removed then.");
    }
}
