using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Cli.Dev;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Node.Export;
using Chain.Node.Founding;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Commands;

/// <summary><c>chain init</c>: make the home of a node.</summary>
internal static class InitCommand
{
    private const string MonikerDefault = "node";
    private const string Operator = "operator";
    private const ulong OperatorBalance = 1_000_000 * Amount.NcreditPerCredit;
    private const ulong FaucetBalance = 1_000_000_000 * Amount.NcreditPerCredit;

    public static VerbCommand Create(VerbRunner run)
    {
        Option<string?> chainId = new("--chain-id")
        {
            Description = "Name of the new chain, like name-1 (default: a new one). Never reuse one.",
            HelpName = "ID",
        };
        Option<string?> moniker = new("--moniker")
        {
            Description = $"What to call this node (default: as the genesis calls its key, else {MonikerDefault}).",
            HelpName = "NAME",
        };
        Option<string> address = new("--rpc")
        {
            Description = "Where its RPC server listens; port 0 takes a free one.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => "127.0.0.1:26657",
        };
        Option<string> peerAddress = new("--peer-address")
        {
            Description = "Where peers connect to this node; without it the node has no peers, neither in nor out.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => "",
        };
        Option<string[]> peers = new("--peer")
        {
            Description = "A node to connect to; may be repeated. This node's own address is left out.",
            HelpName = "ID@HOST:PORT",
        };
        Option<string?> genesis = new("--genesis")
        {
            Description = "Follow an existing chain: its genesis file.",
            HelpName = "FILE",
        };
        Option<bool> devnet = new("--devnet") { Description = "Short times, so that a whole lease fits into a minute." };
        Option<string?> export = new("--from-export")
        {
            Description = "Begin a new chain with the state of another: a file of 'chain export'. Needs --chain-id.",
            HelpName = "FILE",
        };
        Option<string?> takeSeat = new("--take-seat")
        {
            Description = "With --from-export: this node's keys take this validator's seat (default: the only one). Changes the app hash.",
            HelpName = "CONSENSUS-ADDRESS",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new VerbCommand("init", "Make the home of a node: keys, configuration, genesis and the signer's state.")
        {
            Details = "Without --genesis it makes a new chain whose only validator is this node, run by the key 'operator',\n"
                + "and a key 'faucet' with money to give away. Both keys are in the home's wallet.\n"
                + "With --from-export the chain goes on at the height after the exported one, with the same app hash. Who validated\n"
                + "then validates now: bring the old validator_key.json along, or take a seat with --take-seat. Nodes that follow\n"
                + "such a chain need its genesis.json and the genesis-state.jsonl beside it.",
            Options = { chainId, moniker, address, peerAddress, peers, genesis, devnet, export, takeSeat },
            Examples =
            [
                "chain init", "chain init --home /var/lib/chain --chain-id shop-1 --moniker first",
                "chain init --genesis genesis.json --peer-address 0.0.0.0:26656 --peer 5f3c…@one.example:26656",
                "chain init --home new --from-export shop-1-1000.jsonl --chain-id shop-2 --take-seat",
            ],
        }.Does(run, (context, _) =>
        {
            NodeHome home = new(context.Home);
            string? id = context.Parse.GetValue(chainId);
            if (id is not null && !ChainIds.IsValid(id)) throw BadChainId(id);
            string? genesisFile = context.Parse.GetValue(genesis);
            GenesisDocument? existing = genesisFile is not null ? ReadGenesis(genesisFile) : null;
            RefuseExisting(home);
            ImportOptions? import = InitImport.Read(
                existing, genesisFile, context.Parse.GetValue(export), id,
                context.Parse.GetResult(takeSeat) is { Implicit: false }, context.Parse.GetValue(takeSeat));
            bool isNew = existing is null && import is null;
            InitOptions options = new(
                id ?? DevChain.NewChainId("chain"),
                DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                new NodeConfig
                {
                    Moniker = context.Parse.GetValue(moniker) ?? MonikerIn(existing, home) ?? MonikerDefault,
                    RpcAddress = context.Parse.GetValue(address)!,
                    PeerAddress = context.Parse.GetValue(peerAddress)!,
                    Peers = PeerList.Read(context.Parse.GetValue(peerAddress)!, context.Parse.GetValue(peers) ?? [], home),
                },
                context.Parse.GetValue(devnet) ? Parameters.Devnet : Parameters.Default,
                isNew ? KeyOf(context, Operator).Address : default,
                !isNew ? [] :
                [
                    new GenesisAccount(KeyOf(context, Operator).Address, OperatorBalance),
                    new GenesisAccount(KeyOf(context, DevKeys.Faucet).Address, FaucetBalance),
                ],
                [],
                existing,
                import);
            Answer(context, home, NodeInit.Run(home, options), import);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    /// <summary>The name that the operator gave with <c>chain genesis contribute</c>; null for a node that is not in the genesis.</summary>
    private static string? MonikerIn(GenesisDocument? genesis, NodeHome home)
    {
        if (genesis is null || !File.Exists(home.ValidatorKeyFile)) return null;
        using PrivateKey key = KeyFile.Load(home.ValidatorKeyFile);
        return genesis.Validators.FirstOrDefault(validator => validator.PublicKey == key.PublicKey)?.Name;
    }

    /// <summary>Before any key is made, so that a mistake leaves nothing behind.</summary>
    private static void RefuseExisting(NodeHome home)
    {
        if (!home.Exists) return;
        throw new NodeStopException(Node.Hosting.ExitCode.BadInput, $"{home.Root} holds a node already",
            "Start it with 'chain start', or name another folder with --home.");
    }

    private static WalletEntry KeyOf(CliContext context, string name) =>
        context.Wallet.Find(name) ?? context.Wallet.Create(name, context.Passphrase());

    private static GenesisDocument ReadGenesis(string file)
    {
        try
        {
            return GenesisFile.Parse(file, File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The file '{file}' cannot be read.", e.Message,
                "Check the path.", e);
        }
    }

    private static ClientException BadChainId(string id) => new(ClientErrorCode.BadInput, $"'{id}' cannot be a chain id.",
        "It has the form name-N: lower-case letters, digits and dashes, then a dash and a number from 1; at most 50 characters.",
        "For example shop-1.");

    private static void Answer(CliContext context, NodeHome home, GenesisDocument genesis, ImportOptions? import)
    {
        JsonObject json = new()
        {
            ["home"] = home.Root,
            ["chain_id"] = genesis.ChainId,
            ["genesis_hash"] = genesis.Hash().ToString(),
            ["genesis_file"] = home.GenesisFile,
            ["config_file"] = home.ConfigFile,
        };
        if (import is not null)
        {
            json["initial_height"] = $"{genesis.InitialHeight}";
            json["app_hash"] = genesis.AppHash.ToString();
            json["exported_app_hash"] = import.State.AppHash.ToString();
        }
        context.Output.Answer(json, console =>
        {
            console.WriteLine($"The home of chain {genesis.ChainId} was made.");
            console.Whole($"  configuration  {home.ConfigFile}");
            console.Whole($"  genesis        {home.GenesisFile}");
            console.Whole($"  consensus key  {home.ValidatorKeyFile}");
            console.WriteLine("Never run two nodes with one consensus key.");
            if (import is not null) InitImport.Print(console, genesis, import);
            console.WriteLine("Start it with:");
            console.Command(context.WithHome("chain", "start"));
        });
    }
}
