using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Cli.Commands;

/// <summary><c>chain keys</c>: the wallet, a folder of key files in the home.</summary>
internal static class KeysCommand
{
    public static VerbCommand Create(VerbRunner run) => new VerbCommand("keys", "Make, list and move keys.")
    {
        Details = "A key is what signs for an account: whoever has it has the account's money.\n"
            + "Keys are files in the home's folder 'keys', readable by you alone.",
        Subcommands = { New(run), List(run), Show(run), Import(run), Export(run) },
    };

    private static VerbCommand New(VerbRunner run)
    {
        Argument<string> name = new("name") { Description = "What to call the key, for example alice." };
        return new VerbCommand("new", "Make a new key from randomness.")
        {
            Arguments = { name },
            Examples = ["chain keys new alice", "chain keys new vault --passphrase-file secret.txt"],
        }.Does(run, (context, _) =>
        {
            string? passphrase = context.Passphrase();
            WalletEntry entry = context.Wallet.Create(context.Parse.GetRequiredValue(name), passphrase);
            Answer(context, entry, "A new key was made.");
            if (passphrase is null && !context.Output.IsJson)
            {
                context.Output.Warn($"The secret is in {entry.File} as it is, and only there. Keep a copy in a safe place.");
            }
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static VerbCommand List(VerbRunner run) =>
        new VerbCommand("list", "List the keys of the wallet with their addresses.").Does(run, (context, _) =>
        {
            IReadOnlyList<WalletEntry> entries = context.Wallet.List();
            JsonArray items = [];
            foreach (WalletEntry entry in entries) items.Add(Json(entry));
            context.Output.Answer(new JsonObject { ["keys"] = items }, console =>
            {
                if (entries.Count == 0)
                {
                    console.WriteLine($"No keys in {context.Wallet.Folder}. Make one, for example:");
                    console.Command(context.WithHome("chain", "keys", "new", "alice"));
                    return;
                }
                RowTable.Print(console, [new("name"), new("address"), new("sealed", 1)],
                    [.. entries.Select(entry => (string[])[entry.Name, entry.Address.ToString(), entry.IsEncrypted ? "yes" : "no"])]);
            });
            return Task.FromResult(ExitCode.Ok);
        });

    private static VerbCommand Show(VerbRunner run)
    {
        Argument<string> name = new("name") { Description = "The key's name." };
        return new VerbCommand("show", "Show a key's address and public key. The secret is never shown.")
        {
            Arguments = { name },
            Examples = ["chain keys show alice"],
        }.Does(run, (context, _) =>
        {
            Answer(context, Existing(context, context.Parse.GetRequiredValue(name)), null);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static VerbCommand Import(VerbRunner run)
    {
        Argument<string> name = new("name") { Description = "What to call the key." };
        Argument<string> source = new("source")
        {
            Description = "A key file, or a file that holds the seed as 64 hex digits; '-' reads standard input.",
        };
        return new VerbCommand("import",
            "Take a key from a file. The secret is read from a file, never from the command line, where others could see it.")
        {
            Arguments = { name, source },
            Examples = ["chain keys import alice backup/alice.json", "chain keys import alice - < seed.hex"],
        }.Does(run, async (context, cancel) =>
        {
            string text = await ReadAsync(context.Parse.GetRequiredValue(source), cancel);
            string keyName = context.Parse.GetRequiredValue(name);
            byte[] seed = new byte[Ed25519.SeedSize];
            WalletEntry entry = Hex.TryDecode(text.AsSpan().Trim(), seed)
                ? context.Wallet.Create(keyName, context.Passphrase(), seed)
                : context.Wallet.Import(keyName, text);
            Answer(context, entry, "The key was imported.");
            return ExitCode.Ok;
        });
    }

    private static VerbCommand Export(VerbRunner run)
    {
        Argument<string> name = new("name") { Description = "The key's name." };
        Argument<string> file = new("file") { Description = "Where to write the key file. It must not exist." };
        return new VerbCommand("export",
            "Copy a key with its secret to a file that only you can read, as a backup or to move it.")
        {
            Arguments = { name, file },
            Examples = ["chain keys export alice backup/alice.json"],
        }.Does(run, (context, _) =>
        {
            string document = context.Wallet.Export(context.Parse.GetRequiredValue(name));
            string target = Path.GetFullPath(context.Parse.GetRequiredValue(file));
            PrivateFile.Write(target, document);
            context.Output.Answer(new JsonObject { ["file"] = target }, console =>
                console.Whole($"Written to {target}"));
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static WalletEntry Existing(CliContext context, string name) => context.Wallet.Find(name)
        ?? throw new ClientException(new ClientError(ClientErrorCode.KeyFile, $"There is no key named '{name}'.",
            $"The wallet is the folder {context.Wallet.Folder}.",
            "See the names with 'chain keys list', or make the key:")
        {
            Command = context.WithHome("chain", "keys", "new", name),
        });

    private static async Task<string> ReadAsync(string source, System.Threading.CancellationToken cancel)
    {
        try
        {
            return source == "-" ? await Console.In.ReadToEndAsync(cancel) : await File.ReadAllTextAsync(source, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The file '{source}' cannot be read.", e.Message,
                "Check the path.", e);
        }
    }

    private static void Answer(CliContext context, WalletEntry entry, string? headline) =>
        context.Output.Answer(Json(entry), console =>
    {
        if (headline is not null) console.WriteLine(headline);
        console.Pairs(
        [
            ("name", entry.Name), ("address", entry.Address.ToString()), ("public key", entry.PublicKey.ToString()),
            ("sealed", entry.IsEncrypted ? "yes, a passphrase opens it" : "no"),
        ]);
    });

    private static JsonObject Json(WalletEntry entry) => new()
    {
        ["name"] = entry.Name,
        ["address"] = entry.Address.ToString(),
        ["public_key"] = entry.PublicKey.ToString(),
        ["encrypted"] = entry.IsEncrypted,
        ["file"] = entry.File,
    };
}
