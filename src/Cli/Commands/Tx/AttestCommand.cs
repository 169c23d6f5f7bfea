using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx attest</c>.</summary>
internal static class AttestCommand
{
    private const ulong ValidForDefault = 86_400;

    public static VerbCommand Challenge(VerbRunner run)
    {
        Argument<string> subject = SubjectArgument();
        Argument<AttestationSchema> schema = Values.ChoiceArgument<AttestationSchema>("schema", "What you will attest.");
        TxOptions options = new();
        VerbCommand command = new("challenge", "As an accredited auditor, ask for a nonce to measure a provider with.")
        {
            Details = "The beacon draws it within a few blocks; 'chain query challenge' shows it. Nobody can know it before,\n"
                + "so an old or prepared measurement does not fit it.",
            Arguments = { subject, schema },
            Examples = ["chain tx challenge bob hardware --from auditor --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new AskChallenge(context.Parse.GetValue(schema), context.AddressOf(context.Parse.GetRequiredValue(subject))), cancel));
    }

    public static VerbCommand AskAudit(VerbRunner run)
    {
        Argument<string> issuer = new("issuer") { Description = "Whom you ask: an accredited auditor's address, or the name of a key." };
        Argument<AttestationSchema> schema = Values.ChoiceArgument<AttestationSchema>("schema", "What is to be attested about you.");
        Option<ulong?> fee = Values.OptionalAmount("--fee", "Credits for it (default: the chain's minimum).");
        TxOptions options = new();
        VerbCommand command = new("audit-ask", "As a provider, pay an auditor for an attestation about you.")
        {
            Details = "The fee waits in the attestation until it expires, so that a wrong one earns nothing; it comes back when the auditor\n"
                + "does not answer in time, or takes the attestation back. 'chain query audits' shows what is awaited.",
            Arguments = { issuer, schema },
            Options = { fee },
            Examples = ["chain tx audit-ask auditor hardware --fee 20 --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            Parameters parameters = await new StateReader(client).CurrentParametersAsync(token);
            return new AskAudit(
                context.AddressOf(context.Parse.GetRequiredValue(issuer)),
                context.Parse.GetValue(schema),
                context.Parse.GetValue(fee) ?? parameters.AuditFeeMin);
        }, cancel));
    }

    public static VerbCommand Create(VerbRunner run)
    {
        Argument<string> subject = SubjectArgument();
        Argument<AttestationSchema> schema = Values.ChoiceArgument<AttestationSchema>("schema", "What is attested.");
        Option<string> data = new("--data")
        {
            Description = "The evidence, or where it is; only its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        Option<ulong> expires = Values.SecondsOption("--expires-in", "How long it holds.", ValidForDefault);
        Option<ulong?> bond = Values.OptionalAmount("--bond",
            "Credits that stand behind it until it expires or is revoked (default: the chain's minimum).");
        Option<byte> tier = TierOption.Of("--tier", "What you found the provider to be worth");
        Option<Hash256> nonce = Values.HashOption("--nonce",
            "The nonce of your challenge, where the schema needs one: see 'chain tx challenge' (default: a random one).");
        TxOptions options = new();
        VerbCommand command = new("attest", "As an accredited auditor, state something about a provider.")
        {
            Arguments = { subject, schema },
            Options = { data, tier, nonce, expires, bond },
            Examples =
            [
                "chain tx attest bob region --data \"visited on site\" --expires-in 12h --from auditor --wait",
                "chain tx attest bob hardware --tier 3 --nonce 5F3C… --from auditor --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            StateReader reader = new(client);
            Parameters parameters = await reader.CurrentParametersAsync(cancel);
            MarketTime now = await reader.MarketTimeAsync(cancel);
            string text = parse.GetValue(data)!;
            Hash256 given = parse.GetValue(nonce);
            AttestationClaim claim = new(
                parse.GetValue(schema),
                context.AddressOf(parse.GetRequiredValue(subject)),
                Reference: default,
                text.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(text)),
                given.IsZero ? Hash256.From(RandomNumberGenerator.GetBytes(Hash256.Size)) : given,
                now,
                now + parse.GetValue(expires))
            {
                Tier = parse.GetValue(tier),
            };
            return new Attest(claim, parse.GetValue(bond) ?? parameters.AttestationBondMin);
        }
    }

    private static Argument<string> SubjectArgument() => new("subject")
    {
        Description = "Whom it is about: an address, or the name of a key in your wallet.",
    };
}
