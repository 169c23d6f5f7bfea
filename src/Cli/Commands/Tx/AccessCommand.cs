using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx access</c>.</summary>
internal static class AccessCommand
{
    public static VerbCommand Create(VerbRunner run) => new("access", "Ask the validators to let your node connect, or leave.")
    {
        Details = "The network is closed: a node may connect when validators with more than 2/3 of the power have granted its key\n"
            + "access. Asking costs a deposit, which comes back when they have decided or the request expires.",
        Subcommands =
        {
            Make(run, AccessAction.Ask, "ask", "Ask for access for your node's key."),
            Make(run, AccessAction.Leave, "leave", "Take the request back, or give the access up."),
        },
    };

    private static VerbCommand Make(VerbRunner run, AccessAction action, string name, string summary)
    {
        Option<string?> home = NodeKeys.HomeOption();
        TxOptions options = new();
        VerbCommand command = new(name, summary)
        {
            Options = { home },
            Examples = [$"chain tx access {name} --node-home /var/lib/chain --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            string chainId = (await client.StatusAsync(cancel)).ChainId;
            Address sender = context.AddressOf(context.Parse.GetRequiredValue(options.From));
            using PrivateKey node = NodeKeys.Node(context, home);
            return RequestAccess.Sign(chainId, sender, action, node);
        }
    }
}
