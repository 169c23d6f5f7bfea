using System.CommandLine;
using Chain.Cli.Transactions;
using Chain.Node.Keys;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx validator</c>.</summary>
internal static class ValidatorCommand
{
    private delegate RequestSeat Sign(CliContext context, string chainId, Address provider);

    public static VerbCommand Create(VerbRunner run) => new("validator", "As a provider, ask for a validator seat, leave it, or change its keys.")
    {
        Details = "Validators are providers with stake. You ask; the seat is yours when validators with more than 2/3 of the power have\n"
            + "granted it ('chain tx admit seat'). Two blocks later your node votes. Voting twice costs stake and the seat.",
        Subcommands = { Ask(run), Leave(run), RotateConsensus(run), RotateNode(run) },
    };

    private static VerbCommand Ask(VerbRunner run)
    {
        Option<string?> home = NodeKeys.HomeOption();
        return Sends(run, new VerbCommand("ask", "Ask for a seat for the node in --node-home.")
        {
            Details = "You must be registered as a provider ('chain tx register') with at least the smallest stake. Both keys of the\n"
                + "node sign the request, so that nobody can ask for a stranger's. Keep the node synced before you are granted.",
            Options = { home },
            Examples = ["chain tx validator ask --node-home /var/lib/chain --from bob --wait"],
        }, (context, chainId, provider) =>
        {
            using PrivateKey consensus = NodeKeys.Consensus(context, home);
            using PrivateKey node = NodeKeys.Node(context, home);
            return RequestSeat.SignAsk(chainId, provider, consensus, node);
        });
    }

    private static VerbCommand Leave(VerbRunner run) => Sends(run, new VerbCommand("leave", "Give up your seat, or take your request back.")
    {
        Details = "Your node must keep running for two more blocks. Your stake stays answerable for what it signed until the unbonding\n"
            + "time is over, and the consensus key is not seated again before. The last validator cannot leave.",
        Examples = ["chain tx validator leave --from bob --wait"],
    }, (_, _, _) => RequestSeat.Leave);

    private static VerbCommand RotateConsensus(VerbRunner run)
    {
        Option<string?> home = NodeKeys.HomeOption();
        Option<string> key = KeyOption();
        return Sends(run, new VerbCommand("rotate-consensus", "Put another consensus key in your seat.")
        {
            Details = "The old key votes for two more blocks, the new one from then on: let a node sign with each, never one key on two\n"
                + "nodes. Both keys sign the change.",
            Options = { home, key },
            Examples = ["chain tx validator rotate-consensus --node-home /var/lib/chain --key new/config/validator_key.json --from bob --wait"],
        }, (context, chainId, provider) =>
        {
            using PrivateKey former = NodeKeys.Consensus(context, home);
            using PrivateKey fresh = KeyFile.Load(context.Parse.GetRequiredValue(key), context.Passphrase());
            return RequestSeat.SignRotateConsensus(chainId, provider, former, fresh);
        });
    }

    private static VerbCommand RotateNode(VerbRunner run)
    {
        Option<string?> home = NodeKeys.HomeOption();
        Option<string> key = KeyOption();
        return Sends(run, new VerbCommand("rotate-node", "Put another node key in your seat.")
        {
            Details = "Peers admit the new key, and no longer the old one, as soon as the block is decided: restart the node with the new\n"
                + "key then. Both keys sign the change.",
            Options = { home, key },
            Examples = ["chain tx validator rotate-node --node-home /var/lib/chain --key new/config/node_key.json --from bob --wait"],
        }, (context, chainId, provider) =>
        {
            using PrivateKey former = NodeKeys.Node(context, home);
            using PrivateKey fresh = KeyFile.Load(context.Parse.GetRequiredValue(key), context.Passphrase());
            return RequestSeat.SignRotateNode(chainId, provider, former, fresh);
        });
    }

    private static Option<string> KeyOption() => new("--key")
    {
        Description = "File of the new key, as 'chain init' and 'chain keys new' write them.",
        HelpName = "FILE",
        Required = true,
    };

    private static VerbCommand Sends(VerbRunner run, VerbCommand command, Sign sign)
    {
        TxOptions options = new();
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, stop) =>
        {
            string chainId = (await client.StatusAsync(stop)).ChainId;
            return sign(context, chainId, context.AddressOf(context.Parse.GetRequiredValue(options.From)));
        }, cancel));
    }
}
