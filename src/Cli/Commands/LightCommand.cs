using System;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Cli.Commands;

/// <summary><c>chain light</c>: check what a node says instead of believing it.</summary>
internal static class LightCommand
{
    public static VerbCommand Create(VerbRunner run) => new("light", "Check what a node says instead of believing it.")
    {
        Details = "Validators sign each block's header, and the header carries the hash of the whole state. So a value can be checked\n"
            + "by anyone who knows the validators, whoever hands it over.",
        Subcommands = { LightSyncCommand.Create(run), Verify(run) },
    };

    private static VerbCommand Verify(VerbRunner run)
    {
        Argument<string?> name = new("store")
        {
            Description = "Store of the value: market or meta.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> key = new("key")
        {
            Description = "The raw key in hex. The default is the money pools, 60.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<long?> height = new("--height")
        {
            Description = "State after this block (default: the newest that can be proven).",
            HelpName = "H",
        };
        Option<string?> file = new("--file")
        {
            Description = "Check a saved proof instead of asking a node.",
            HelpName = "FILE",
        };
        Option<string?> save = new("--save")
        {
            Description = "Also keep the proof in a file, to check it later or elsewhere.",
            HelpName = "FILE",
        };
        Option<string?> chain = new("--chain-id") { Description = "The chain that the proof must be of.", HelpName = "ID" };
        Option<Hash256> trust = Values.HashOption("--trust-validators",
            "validators_hash of a set that you trust, for example from a block you know.");
        Option<string?> store = LightStores.FileOption();
        return new VerbCommand("verify", "Fetch a value with its proof, header and signatures, and check every step.")
        {
            Details = "Whom you trust decides what a proof is worth. After 'chain light sync' the proof's header is verified from the\n"
                + "headers kept then. Else, when your home holds the genesis of the same chain, its validators are trusted; otherwise\n"
                + "name a set with --trust-validators. Without any of these the output says that this step was not checked.",
            Arguments = { name, key },
            Options = { height, file, save, chain, trust, store },
            Examples =
            [
                "chain light verify",
                "chain light verify market 60 --save proof.json",
                "chain light verify --file proof.json --trust-validators 9A1B…",
            ],
        }.Does(run, async (context, cancel) =>
        {
            ParseResult parse = context.Parse;
            ProofBundle bundle = parse.GetValue(file) is { } saved
                ? ProofBundle.FromJson(await ReadAsync(saved, cancel))
                : await FetchAsync(context, parse.GetValue(name) ?? "market", parse.GetValue(key) ?? "60",
                    parse.GetValue(height), cancel);
            if (parse.GetValue(save) is { } target)
            {
                await File.WriteAllTextAsync(target, bundle.ToJson().ToJsonString(), cancel);
            }
            Hash256 trusted = parse.GetValue(trust);
            string? named = parse.GetValue(chain);
            if (trusted.IsZero)
            {
                trusted = await LightStores.TrustedValidatorsAsync(
                    context, parse.GetValue(store), bundle, isOffline: parse.GetValue(file) is not null, cancel);
                // What follows from trusted headers is of their chain.
                if (!trusted.IsZero) named ??= bundle.SignedHeader.Header.ChainId;
            }
            ProofReport report = trusted.IsZero && named is null
                ? GenesisTrust.Verify(bundle, context.Home)
                : LightProof.Verify(bundle, named, trusted.IsZero ? null : trusted);
            return Answer(context, report);
        });
    }

    private static async Task<ProofBundle> FetchAsync(CliContext context, string store, string key, long? height,
        CancellationToken cancel)
    {
        if (!Hex.TryDecode(key, out byte[] raw) || raw.Length == 0)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"'{key}' is not a key.",
                "A raw key is written in hex digits.", "For example 60, the money pools.");
        }
        using ChainClient client = context.Connect();
        return await LightProof.FetchAsync(client, store, raw, height is { } at ? new Height(at) : null, cancel);
    }

    private static int Answer(CliContext context, ProofReport report)
    {
        JsonObject json = ProofPrinter.ToJson(report);
        json["store"] = report.Store;
        json["key"] = Hex.Lower(report.Key);
        json["value"] = report.Value is { } value ? Hex.Lower(value) : null;
        context.Output.Answer(json, console =>
        {
            console.WriteLine($"Key {Hex.Lower(report.Key)} of store '{report.Store}' after block {report.StateHeight}:");
            console.Whole(report.Value is { } bytes ? $"  {Hex.Lower(bytes)}" : "  holds nothing");
            console.WriteLine("Checked, each step resting on the one before:");
            ProofPrinter.Print(console, report);
            console.WriteLine(report.IsValid ? "The value is proven, as far as the steps say."
                : "The value is NOT proven. Do not rely on it.");
        });
        return report.IsValid ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The file '{file}' cannot be read.", e.Message,
                "Check the path.", e);
        }
    }
}
