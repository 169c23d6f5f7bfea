using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Keys;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx grant</c>: who may act for an account, and with which key.</summary>
internal static class GrantCommands
{
    private const ulong ExpiresInDefault = 7 * 86_400;

    public static VerbCommand Create(VerbRunner run) => new("grant", "Let another account act for yours, or change your key.")
    {
        Details = "A grant names the kinds of messages that the other may send for you, and the most that it may spend. The other\n"
            + "sends them with --on-behalf-of YOU. You may revoke a grant at any time.",
        Subcommands = { Set(run), Revoke(run), Rotate(run), Did(run) },
    };

    private static VerbCommand Set(VerbRunner run)
    {
        Argument<string> grantee = new("grantee") { Description = "Who may act for you: an address, or the name of a key." };
        Option<string> kinds = new("--kinds")
        {
            Description = $"What it may send, with commas between. Kinds: {KindList.AllOf(IsGrantable)}.",
            HelpName = "KIND,…",
            Required = true,
        };
        Option<ulong> cap = Values.AmountOption("--cap", "Most that may leave your balance through it in all.");
        cap.Required = true;
        Option<ulong> expires = Values.SecondsOption("--expires-in", "How long it holds.", ExpiresInDefault);
        Option<string> target = new("--target")
        {
            Description = "The one thing that it is for: account:ADDRESS, order:N, lease:N or offer:N (default: any).",
            HelpName = "TARGET",
            DefaultValueFactory = _ => "any",
        };
        kinds.Checked(text => KindList.Read(text, IsGrantable));
        target.Checked(text => ReadTarget(text));
        Option<bool> fees = new("--pays-fees") { Description = "You pay the fees as well, within the cap." };
        TxOptions options = new();
        VerbCommand command = new("set", "Let another account act for yours, or change what it may do.")
        {
            Details = "What was spent through a grant stays spent when you change it: the cap counts from the grant's start.",
            Arguments = { grantee },
            Options = { kinds, cap, expires, target, fees },
            Examples = ["chain tx grant set bot --kinds deposit --cap 20 --target lease:7 --expires-in 30d --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            NodeStatus status = await client.StatusAsync(cancel);
            ulong now = (ulong)Math.Max(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), status.LatestTime.Seconds);
            GrantTerms terms = new(
                KindList.Read(parse.GetRequiredValue(kinds), IsGrantable), parse.GetValue(cap), ReadTarget(parse.GetValue(target)!),
                parse.GetValue(fees), now + parse.GetValue(expires));
            return ChangeGrant.Set(context.AddressOf(parse.GetRequiredValue(grantee)), terms);
        }
    }

    private static VerbCommand Revoke(VerbRunner run)
    {
        Argument<string> grantee = new("grantee") { Description = "Who may no longer act for you." };
        TxOptions options = new();
        VerbCommand command = new("revoke", "End a grant of yours at once.")
        {
            Arguments = { grantee },
            Examples = ["chain tx grant revoke bot --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, ChangeGrant.Revoke(context.AddressOf(context.Parse.GetRequiredValue(grantee))), cancel));
    }

    private static VerbCommand Rotate(VerbRunner run)
    {
        Argument<string> newKey = new("new-key") { Description = "Name of the key in your wallet that is to sign from now on." };
        TxOptions options = new();
        VerbCommand command = new("rotate", "Give your account another key. Its address stays.")
        {
            Details = "From the next transaction on only the new key signs for the account: chain tx … --from NEW --account ADDRESS.\n"
                + "There is no way back without the new key, so keep a copy of it first.",
            Arguments = { newKey },
            Examples = ["chain keys new alice-2", "chain tx grant rotate alice-2 --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            NodeStatus status = await client.StatusAsync(cancel);
            using PrivateKey oldKey = context.Wallet.Open(context.Parse.GetRequiredValue(options.From), context.Passphrase());
            using PrivateKey fresh = context.Wallet.Open(context.Parse.GetRequiredValue(newKey), context.Passphrase());
            Address account = options.Read(context).Account ?? oldKey.PublicKey.Address;
            return RotateKey.Sign(status.ChainId, account, oldKey.PublicKey, fresh);
        }
    }

    private static VerbCommand Did(VerbRunner run)
    {
        Argument<string> hash = new("hash") { Description = "SHA-256 of the document, 64 hex digits; 'none' takes it back." };
        hash.Checked(text => ReadHash(text));
        TxOptions options = new();
        VerbCommand command = new("did", "Say for which DID document your account stands.")
        {
            Arguments = { hash },
            Examples = ["chain tx grant did 5F3C… --from alice --wait", "chain tx grant did none --from alice"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
            TransactionFlow.RunAsync(context, options, new SetDidDocument(ReadHash(context.Parse.GetRequiredValue(hash))), cancel));
    }

    private static Hash256 ReadHash(string text)
    {
        if (text == "none") return default;
        return Hash256.TryParse(text, out Hash256 hash) && !hash.IsZero
            ? hash
            : throw Bad($"'{text}' is no hash.", "A SHA-256 has 64 hex digits.", "Pass the hash, or 'none'.");
    }

    private static bool IsGrantable(MessageKind kind) => KindMask.Of(kind).IsGrantable();

    private static GrantTarget ReadTarget(string text) => GrantTarget.TryParse(text, out GrantTarget target)
        ? target
        : throw Bad($"'{text}' is no target.", "It has the form account:ADDRESS, order:N, lease:N or offer:N.", "See --help.");

    private static ClientException Bad(string what, string why, string help) => new(ClientErrorCode.BadInput, what, why, help);
}
