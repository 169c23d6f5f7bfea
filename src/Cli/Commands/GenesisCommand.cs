using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Node.Founding;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Commands;

/// <summary><c>chain genesis</c>: several operators begin a chain together.</summary>
internal static class GenesisCommand
{
    private const string Operator = "operator";
    private const ulong OperatorBalance = 1_000_000 * Amount.NcreditPerCredit;

    public static VerbCommand Create(VerbRunner run) => new("genesis", "Begin a chain together with other operators.")
    {
        Details = "Each operator runs 'contribute' and sends the file to one of them, who runs 'assemble' and sends the genesis back. Then\n"
            + "each runs 'chain init --genesis FILE' in the same home, so that its keys are those of the genesis, and 'chain start'.",
        Subcommands = { Contribute(run), Assemble(run) },
    };

    private static VerbCommand Contribute(VerbRunner run)
    {
        Option<string> chainId = new("--chain-id") { Description = "Name of the new chain, like name-1.", HelpName = "ID", Required = true };
        Option<string> moniker = new("--moniker") { Description = "What to call this node.", HelpName = "NAME", Required = true };
        Option<string> address = new("--peer-address")
        {
            Description = "Where the other nodes reach this one.",
            HelpName = "HOST:PORT",
            Required = true,
        };
        Option<string> from = new("--from")
        {
            Description = "Name of the operator's key in the wallet; made if it is not there.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Operator,
        };
        Option<string> file = FileOption();
        return new VerbCommand("contribute", "Make this node's keys, and a signed file with their public halves.")
        {
            Details = "The file holds no secret. Signed by all three keys, it is good for this chain alone.",
            Options = { chainId, moniker, address, from, file },
            Examples = ["chain genesis contribute --chain-id shop-1 --moniker first --peer-address one.example:26656 --out first.json"],
        }.Does(run, (context, _) =>
        {
            NodeHome home = new(context.Home);
            if (home.Exists)
            {
                throw new NodeStopException(Node.Hosting.ExitCode.BadInput, $"{home.Root} holds a node of another chain already",
                    "Name another folder with --home: keys are not used on two chains.");
            }
            string account = context.Parse.GetRequiredValue(from);
            WalletEntry entry = context.Wallet.Find(account) ?? context.Wallet.Create(account, context.Passphrase());
            NodeInit.MakeKeys(home, entry.Address, context.Parse.GetRequiredValue(moniker));
            using PrivateKey operatorKey = context.Wallet.Open(account, context.Passphrase());
            using PrivateKey consensusKey = KeyFile.Load(home.ValidatorKeyFile);
            using PrivateKey nodeKey = KeyFile.Load(home.NodeKeyFile);
            GenesisContribution made = GenesisContribution.Sign(
                context.Parse.GetRequiredValue(chainId), context.Parse.GetRequiredValue(moniker),
                context.Parse.GetRequiredValue(address), operatorKey, consensusKey, nodeKey);
            if (made.Fault() is { } fault) throw Bad("The contribution was not made.", fault, "See 'chain genesis contribute --help'.");
            string path = Write(context.Parse.GetRequiredValue(file), made.ToJson());
            JsonObject json = new()
            {
                ["file"] = path,
                ["home"] = home.Root,
                ["chain_id"] = made.ChainId,
                ["operator"] = entry.Address.ToString(),
                ["peer"] = made.Peer,
            };
            context.Output.Answer(json, console =>
            {
                console.WriteLine($"The contribution to {made.ChainId} was made. Send it to whoever assembles the genesis:");
                console.Whole($"  {path}");
                console.WriteLine("The keys stay in this home, where 'chain init --genesis' belongs then:");
                console.Whole($"  {home.Root}");
                console.WriteLine("Others dial this node as:");
                console.Whole($"  {made.Peer}");
            });
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static VerbCommand Assemble(VerbRunner run)
    {
        Argument<string[]> files = new("files") { Description = "A contribution of each operator.", Arity = ArgumentArity.OneOrMore };
        Option<string> file = FileOption();
        Option<bool> devnet = new("--devnet") { Description = "Short times, so that a whole lease fits into a minute." };
        Option<ulong> balance = Values.AmountOption("--balance", "What each operator begins with.");
        balance.DefaultValueFactory = _ => OperatorBalance;
        Option<string[]> accounts = new("--account")
        {
            Description = "Another account that begins with money, for example one to give it away from; may be repeated.",
            HelpName = "ADDRESS=CREDITS",
        };
        accounts.Checked(text => SplitAccount(text));
        return new VerbCommand("assemble", "Check all contributions and make the genesis of them.")
        {
            Details = "Every fault of every file is shown, and no genesis is made unless all are good. Each operator becomes a provider with\n"
                + "the least stake, and its node a validator; all have equal power. The answer lists all peers for 'chain init --peer'.",
            Arguments = { files },
            Options = { file, devnet, balance, accounts },
            Examples = ["chain genesis assemble first.json second.json third.json --out genesis.json"],
        }.Does(run, (context, _) =>
        {
            IReadOnlyList<GenesisContribution> contributions = GenesisAssembly.Read(context.Parse.GetRequiredValue(files));
            ulong each = context.Parse.GetValue(balance);
            InitOptions options = new(
                "",
                DateTimeOffset.UtcNow.ToUnixTimeSeconds() * 1_000,
                new NodeConfig(),
                context.Parse.GetValue(devnet) ? Parameters.Devnet : Parameters.Default,
                default,
                [.. contributions.Select(one => new GenesisAccount(one.OperatorKey.Address, each)),
                    .. (context.Parse.GetValue(accounts) ?? []).Select(text => AccountIn(context, text))],
                []);
            GenesisDocument genesis = GenesisAssembly.Assemble(contributions, options);
            string path = Write(context.Parse.GetRequiredValue(file), genesis.ToJson());
            Answer(context, path, genesis, contributions);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static void Answer(
        CliContext context, string path, GenesisDocument genesis, IReadOnlyList<GenesisContribution> contributions)
    {
        JsonObject json = new()
        {
            ["file"] = path,
            ["chain_id"] = genesis.ChainId,
            ["genesis_hash"] = genesis.Hash().ToString(),
            ["peers"] = new JsonArray([.. contributions.Select(one => JsonValue.Create(one.Peer))]),
            ["commands"] = new JsonArray([.. contributions.Select(one =>
                JsonValue.Create(ShellQuote.Line(InitWords(path, one, contributions))))]),
        };
        context.Output.Answer(json, console =>
        {
            console.WriteLine($"The genesis of {genesis.ChainId} with {contributions.Count} validators was made.");
            console.Whole($"  file  {path}");
            console.Whole($"  hash  {genesis.Hash()}");
            foreach (GenesisContribution one in contributions)
            {
                console.WriteLine($"The operator of {one.Moniker}, with the home of its contribution in the place of DIR:");
                console.Command(InitWords(path, one, contributions));
            }
            console.WriteLine("Then each starts its node:");
            console.Command("chain", "start", "--home", "DIR");
        });
    }

    /// <summary>What one operator runs; all peers stand in it, the node leaves itself out.</summary>
    private static IReadOnlyList<string> InitWords(
        string genesis, GenesisContribution operatorOf, IReadOnlyList<GenesisContribution> all) =>
    [
        "chain", "init", "--home", "DIR", "--genesis", Path.GetFileName(genesis), "--moniker", operatorOf.Moniker,
        "--peer-address", $"0.0.0.0:{operatorOf.Peer[(operatorOf.Peer.LastIndexOf(':') + 1)..]}",
        .. all.SelectMany(one => (string[])["--peer", one.Peer]),
    ];

    private static Option<string> FileOption() => new("--out") { Description = "File to write.", HelpName = "FILE", Required = true };

    private static GenesisAccount AccountIn(CliContext context, string text)
    {
        (string who, ulong amount) = SplitAccount(text);
        return new GenesisAccount(context.AddressOf(who), amount);
    }

    private static (string Who, ulong Amount) SplitAccount(string text)
    {
        int place = text.IndexOf('=', StringComparison.Ordinal);
        bool isPair = Amount.TryParse(text[(place + 1)..], out ulong amount) && place > 0;
        if (!isPair) throw Bad($"'{text}' is not an account with its money.", "It is written ADDRESS=CREDITS.", "For example chain1…=1000.");
        string who = text[..place];
        return TextForms.Who(who) is { } fault ? throw Bad(fault, "It is written ADDRESS=CREDITS.", "For example chain1…=1000.") : (who, amount);
    }

    /// <summary>Never over another file: an older contribution or genesis may be in use.</summary>
    private static string Write(string file, byte[] bytes)
    {
        try
        {
            string path = Path.GetFullPath(file);
            DurableFile.CreateNew(new RealDisk(), path, bytes);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The file '{file}' cannot be written.", e.Message,
                "Choose another name or folder.", e);
        }
    }

    private static ClientException Bad(string what, string why, string remedy) => new(ClientErrorCode.BadInput, what, why, remedy);
}
