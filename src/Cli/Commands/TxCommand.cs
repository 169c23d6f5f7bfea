using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Chain.Cli.Commands.Tx;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands;

/// <summary><c>chain tx</c>: send transactions and find out what became of them.</summary>
internal static class TxCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static VerbCommand Create(VerbRunner run) => new("tx", "Send a transaction, or look at one.")
    {
        Details = "A transaction is a signed request to change the state of the chain. It takes effect whole or not at all,\n"
            + "and costs a small fee. Without --wait a command ends as soon as the node has accepted it.",
        Subcommands =
        {
            TransferCommand.Create(run), RegisterCommand.Create(run), UpdateCommand.Create(run), StakeCommand.Create(run),
            OrderCommand.Create(run), OrderCloseCommand.Create(run), BidCommand.Create(run), BidCloseCommand.Create(run),
            OfferCommands.Post(run), OfferCommands.Withdraw(run), OfferTakeCommand.Create(run),
            LeaseCommands.Lease(run), LeaseCommands.Start(run), LeaseAmendCommand.Propose(run),
            LeaseAmendCommand.Agree(run), LeaseCommands.Close(run),
            DepositCommand.Create(run), LeaseCommands.Settle(run), LeaseCommands.Withdraw(run),
            SealedBidCommands.Seal(run), SealedBidCommands.Reveal(run),
            DisputeCommands.Open(run), DisputeCommands.Answer(run), DisputeCommands.Vote(run),
            ReportCommand.Create(run), ReportVotesCommand.Create(run), CapacityCommands.Enter(run), CapacityCommands.Prove(run),
            ProofTxCommands.NameData(run), ProofTxCommands.ProveData(run),
            ProofTxCommands.AnchorLog(run), ProofTxCommands.Probe(run), TaskCommands.Open(run), TaskCommands.Submit(run),
            AttestCommand.Create(run), AttestCommand.Challenge(run), AttestCommand.AskAudit(run), RevokeCommand.Create(run), ReviewCommand.Create(run),
            AccessCommand.Create(run), ValidatorCommand.Create(run), AdmitCommand.Create(run),
            GrantCommands.Create(run), ProposeCommands.Create(run), VoteCommands.Create(run),
            Decode(run), Show(run), Wait(run),
        },
    };

    private static VerbCommand Decode(VerbRunner run)
    {
        Argument<string> text = new("transaction")
        {
            Description = "The raw transaction in base64 or hex, or a file that holds it.",
        };
        return new VerbCommand("decode", "Show what stands in a raw transaction.")
        {
            Arguments = { text },
            Examples = ["chain tx decode k8Rq…", "chain tx decode transaction.bin"],
        }.Does(run, (context, _) =>
        {
            byte[] bytes = ReadRaw(context.Parse.GetRequiredValue(text));
            if (!SignedTransaction.TryDecode(bytes, out SignedTransaction transaction, out DecodeError error))
            {
                throw new ClientException(ClientErrorCode.BadInput, "This is not a transaction.",
                    $"Decoding stopped: {error}.", "Pass the whole signed transaction, unchanged.");
            }
            Facts facts = TransactionFlow.Describe(transaction, null)
                .Flag("signature_valid", transaction.HasValidSignature());
            context.Output.Answer(facts.ToJson(), facts.Print);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static VerbCommand Show(VerbRunner run)
    {
        Argument<Hash256> id = Values.HashArgument("id", "The transaction's id.");
        return new VerbCommand("show", "Show a transaction that is in a block, with what came of it.")
        {
            Arguments = { id },
            Examples = ["chain tx show 5F3C…"],
        }.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            Hash256 wanted = context.Parse.GetValue(id);
            SentTransaction outcome = await client.FindTransactionAsync(wanted, cancel)
                ?? throw new ClientException(new ClientError(ClientErrorCode.NotFound, $"No block holds transaction {wanted}.",
                    "It has not landed, or the node does not keep blocks that old.",
                    "To wait for it:")
                {
                    Command = context.WithNode("chain", "tx", "wait", $"{wanted}"),
                });
            Facts facts = SignedTransaction.TryDecode(outcome.Transaction, out SignedTransaction transaction, out _)
                ? TransactionFlow.Describe(transaction, null)
                : Unsigned(wanted, outcome.Transaction);
            TransactionFlow.AddOutcome(facts, outcome);
            context.Output.Answer(facts.ToJson(), facts.Print);
            return ExitCode.Ok;
        });
    }

    /// <summary>What a proposer puts first into its block for the beacon has no sender.</summary>
    private static Facts Unsigned(in Hash256 id, byte[] raw)
    {
        Facts facts = new Facts().Text("id", id.ToString());
        return BeaconTransaction.TryDecode(raw, out BeaconTransaction beacon)
            ? facts.Text("kind", "beacon").Hash("preimage", beacon.Preimage).Hash("tip", beacon.Tip)
            : facts;
    }

    private static VerbCommand Wait(VerbRunner run)
    {
        Argument<Hash256> id = Values.HashArgument("id", "The transaction's id.");
        Option<ulong> timeout = Values.SecondsOption("--timeout", "How long to wait.", (ulong)Patience.TotalSeconds);
        return new VerbCommand("wait", "Wait until a transaction is in a block.")
        {
            Arguments = { id },
            Options = { timeout },
            Examples = ["chain tx wait 5F3C… --timeout 2m"],
        }.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            TransactionWaiter waiter = new(client, TimeProvider.System);
            TimeSpan patience = TimeSpan.FromSeconds(context.Parse.GetValue(timeout));
            SentTransaction outcome = await waiter.WaitAsync(context.Parse.GetValue(id), null, patience, cancel);
            return TransactionFlow.Report(context, outcome, new Facts().Text("id", outcome.Id.ToString()));
        });
    }

    private static byte[] ReadRaw(string text)
    {
        if (Hex.TryDecode(text, out byte[] bytes) && bytes.Length > 0) return bytes;
        byte[] buffer = new byte[text.Length];
        if (Convert.TryFromBase64String(text, buffer, out int written) && written > 0) return buffer[..written];
        if (File.Exists(text)) return File.ReadAllBytes(text);
        throw new ClientException(ClientErrorCode.BadInput, "The transaction cannot be read.",
            "It is neither base64 nor hex, and no file of that name exists.", "Pass the raw signed transaction.");
    }
}
