using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Demo;

/// <summary>Signs and sends for the people of the story, and waits until it has happened.</summary>
internal sealed class DemoActors(DemoChain chain)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TransactionBuilder _builder = new(chain.Client, TimeProvider.System);
    private readonly TransactionWaiter _waiter = new(chain.Client, TimeProvider.System);

    /// <summary>One transaction with all the messages. Anything but success ends the story.</summary>
    public async Task<SentTransaction> SendAsync(Person sender, CancellationToken cancel,
        params IReadOnlyList<Message> messages)
    {
        using PrivateKey key = chain.Wallet.Open(sender.Key, passphrase: null);
        SignedTransaction transaction = await _builder.BuildAsync(key, messages, TransactionOptions.Default, cancel);
        return await _waiter.SendAsync(transaction, Patience, cancel);
    }

    /// <summary>An attribute of the first event of a type.</summary>
    public static string Fact(SentTransaction outcome, string type, string attribute)
    {
        foreach (ChainEvent happened in outcome.Result!.Events)
        {
            if (happened.Type != type) continue;
            foreach ((string key, string value) in happened.Attributes)
            {
                if (key == attribute) return value;
            }
        }
        throw new ClientException(ClientErrorCode.BadAnswer, "The chain did not tell what happened.",
            $"The transaction left no event '{type}' with '{attribute}'.", "Use a client of the same version as the node.");
    }
}
