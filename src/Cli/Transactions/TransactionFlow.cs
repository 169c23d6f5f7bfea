using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Client.Transactions;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Transactions;

/// <summary>From a message to a fate: build, sign, send, and wait where that was asked for.</summary>
internal static class TransactionFlow
{
    /// <summary>Seconds past valid_until in which the chain may still close a block that settles the matter.</summary>
    private const int GraceSeconds = 30;

    private static readonly TimeSpan ProvablePatience = TimeSpan.FromSeconds(60);

    /// <summary>Makes a message that needs something of the chain's state.</summary>
    public delegate Task<Message> MessageBuilder(CliContext context, ChainClient client, CancellationToken cancel);

    /// <summary>Makes several messages for one transaction.</summary>
    public delegate Task<IReadOnlyList<Message>> MessagesBuilder(CliContext context, ChainClient client, CancellationToken cancel);

    public static Task<int> RunAsync(CliContext context, TxOptions options, Message message, CancellationToken cancel) =>
        RunAsync(context, options, (_, _, _) => Task.FromResult(message), cancel);

    public static Task<int> RunAsync(CliContext context, TxOptions options, MessageBuilder build, CancellationToken cancel) =>
        RunAllAsync(context, options, async (inner, client, token) => [await build(inner, client, token)], cancel);

    public static async Task<int> RunAllAsync(CliContext context, TxOptions options, MessagesBuilder build,
        CancellationToken cancel)
    {
        using ChainClient client = context.Connect();
        using PrivateKey key = context.Wallet.Open(context.Parse.GetRequiredValue(options.From), context.Passphrase());
        IReadOnlyList<Message> messages = await build(context, client, cancel);
        TransactionBuilder builder = new(client, TimeProvider.System);
        SignedTransaction transaction = await builder.BuildAsync(key, messages, options.Read(context), cancel);
        if (context.Parse.GetValue(options.DryRun)) return await DryRunAsync(context, client, transaction, cancel);
        return await SendAsync(context, client, transaction, context.Parse.GetValue(options.Wait), cancel);
    }

    public static async Task<int> SendAsync(
        CliContext context, ChainClient client, SignedTransaction transaction, bool wait, CancellationToken cancel)
    {
        BroadcastAnswer answer = await client.BroadcastAsync(transaction.Bytes, cancel);
        if (answer.Code != 0)
        {
            context.Output.Fail(ErrorCatalog.Error(answer.Code, answer.Log), Describe(transaction, "refused").ToJson());
            return ExitCode.Failed;
        }
        if (wait) return await WaitAsync(context, client, transaction, cancel);
        Facts facts = Describe(transaction, "sent");
        context.Output.Answer(facts.ToJson(), console =>
        {
            console.WriteLine("The node accepted it. To see what becomes of it:");
            console.Command(context.WithNode("chain", "tx", "wait", $"{transaction.Id}"));
        });
        return ExitCode.Ok;
    }

    /// <summary>Adds what became of it.</summary>
    public static Facts AddOutcome(Facts facts, SentTransaction outcome)
    {
        facts.Choice("fate", outcome.Fate);
        if (outcome.Result is not { } result) return facts;
        facts.Number("height", outcome.Height.Value).Number("index", outcome.Index).Number("work", result.GasUsed);
        facts.Add("code", result.Code, $"{result.Code} {ErrorCatalog.NameOf(result.Code)}");
        return facts.List("events", result.Events.Select(EventFacts));
    }

    /// <summary>Prints a fate; 0 only for a transaction that took effect.</summary>
    public static int Report(CliContext context, SentTransaction outcome, Facts facts)
    {
        AddOutcome(facts, outcome);
        if (OutcomeErrors.Of(outcome) is { } error)
        {
            bool hasCommand = error.Command.Count > 0;
            context.Output.Fail(hasCommand ? error with { Command = context.WithNode(error.Command) } : error, facts.ToJson());
            return ExitCode.Failed;
        }
        context.Output.Answer(facts.ToJson(), console =>
        {
            console.WriteLine($"Done: the transaction is in block {outcome.Height}.");
            Facts brief = new Facts().Text("id", outcome.Id.ToString());
            foreach (ChainEvent happened in outcome.Result!.Events) brief.Text(happened.Type, EventForms.Of(happened.Type, happened.Attributes).ToLine());
            brief.Print(console);
        });
        return ExitCode.Ok;
    }

    /// <summary>What stands in a transaction.</summary>
    public static Facts Describe(SignedTransaction transaction, string? fate)
    {
        TransactionBody body = transaction.Body;
        Facts facts = new Facts().Text("id", transaction.Id.ToString());
        if (fate is not null) facts.Text("fate", fate);
        facts.Text("chain_id", body.ChainId).Address("sender", body.Sender);
        if (body.Granter is { } granter) facts.Address("on_behalf_of", granter);
        facts.Number("lane", body.Lane).Number("sequence", body.Sequence);
        facts.Amount("max_fee", body.MaxFee).Amount("tip", body.Tip).Number("work_units", transaction.Work);
        facts.Number("valid_until", body.ValidUntil);
        if (body.Memo.Length > 0) facts.Text("memo", body.Memo);
        return facts.List("messages", body.Messages.Select(MessageFacts.Of));
    }

    private static async Task<int> DryRunAsync(
        CliContext context, ChainClient client, SignedTransaction transaction, CancellationToken cancel)
    {
        JsonObject parameters = new() { ["tx"] = Convert.ToBase64String(transaction.Bytes) };
        JsonElement json = await client.CallAsync("check_tx", parameters, cancel);
        ExecutionResult check = AnswerJson.Result(json);
        Facts facts = Describe(transaction, "dry_run").Text("raw", Convert.ToBase64String(transaction.Bytes));
        if (check.Code != 0)
        {
            context.Output.Fail(ErrorCatalog.Error(check.Code, check.Log), facts.ToJson());
            return ExitCode.Failed;
        }
        context.Output.Answer(facts.ToJson(), console =>
        {
            facts.Print(console);
            console.WriteLine("The node would accept it. Nothing was sent.");
        });
        return ExitCode.Ok;
    }

    private static async Task<int> WaitAsync(
        CliContext context, ChainClient client, SignedTransaction transaction, CancellationToken cancel)
    {
        TransactionWaiter waiter = new(client, TimeProvider.System);
        TimeSpan patience = TimeSpan.FromSeconds(GraceSeconds) + Remaining(transaction);
        SentTransaction outcome = await waiter.WaitAsync(transaction.Id, transaction.Body.ValidUntil, patience, cancel);
        // What the user asks next may be a proof of what just happened.
        if (outcome.Fate == TransactionFate.Included) await waiter.UntilProvableAsync(outcome.Height, ProvablePatience, cancel);
        return Report(context, outcome, Describe(transaction, null));
    }

    /// <summary>
    /// How long by our clock until valid_until; the longest validity when the chain's clock runs ahead of ours.
    /// </summary>
    private static TimeSpan Remaining(SignedTransaction transaction)
    {
        long seconds = (long)transaction.Body.ValidUntil - DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)TransactionOptions.ValidSecondsDefault));
    }

    private static Facts EventFacts(ChainEvent happened) =>
        EventForms.AddTo(new Facts().Text("type", happened.Type), happened.Type, happened.Attributes);
}
