using System;
using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Client.Wallets;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Cli.Commands;

/// <summary><c>chain faucet</c>: money for playing, from the key that a dev or local chain keeps for it.</summary>
internal static class FaucetCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> to = new("address")
        {
            Description = "Who gets it: an address, or the name of a key in your wallet.",
        };
        Argument<ulong> amount = Values.AmountArgument("amount", "How much.");
        return new VerbCommand("faucet", "Give somebody credits, on a dev or local chain whose faucet key is in your home.")
        {
            Arguments = { to, amount },
            Examples = ["chain faucet alice 1000", "chain faucet chain1… 12.5"],
        }.Does(run, async (context, cancel) =>
        {
            if (context.Wallet.Find(DevKeys.Faucet) is null) throw NoFaucet(context);
            Address receiver = context.AddressOf(context.Parse.GetRequiredValue(to));
            using ChainClient client = context.Connect();
            using PrivateKey key = context.Wallet.Open(DevKeys.Faucet, context.Passphrase());
            Transfer message = new(receiver, context.Parse.GetRequiredValue(amount), default);
            SignedTransaction transaction = await new TransactionBuilder(client, TimeProvider.System)
                .BuildAsync(key, [message], TransactionOptions.Default, cancel);
            return await TransactionFlow.SendAsync(context, client, transaction, wait: true, cancel);
        });
    }

    private static ClientException NoFaucet(CliContext context) => new(ClientErrorCode.Home, "There is no faucet here.",
        $"The home {context.Home} has no key named '{DevKeys.Faucet}'; only chains made by 'chain dev' or 'chain init' have one.",
        "Name the home of such a chain with --home DIR, or ask somebody who has credits for a transfer.");
}
