using System.CommandLine;
using System.Globalization;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Commands.Tx;

/// <summary>A case from its opening to its vote: <c>chain tx dispute|dispute-answer|dispute-vote</c>.</summary>
internal static class DisputeCommands
{
    public static VerbCommand Open(VerbRunner run)
    {
        Argument<CaseTarget> target = Values.ChoiceArgument<CaseTarget>("target", "What it is about.");
        Argument<string> reference = new("reference") { Description = "The lease's number, or the attestation's uid." };
        reference.Checked(CheckReference);
        Option<ulong> claim = Values.AmountOption("--claim", "What you want at most; nothing for a review.");
        Option<string> evidence = new("--evidence")
        {
            Description = "Text or address of what shows that you are right; only its hash goes on the chain.",
            HelpName = "TEXT",
            Required = true,
        };
        Option<ulong?> bond = Values.OptionalAmount("--bond", "Pays the jury if you lose (default: what the chain asks for).");
        TxOptions options = new();
        VerbCommand command = new("dispute", "Ask for justice: compensation for a lease, or the end of a false attestation or review.")
        {
            Details = "What is contested is held back until the case ends. The other side may concede, settle or ask for a jury;\n"
                + "if it stays silent, you win. Whoever loses before a jury pays it.",
            Arguments = { target, reference },
            Options = { claim, evidence, bond },
            Examples = ["chain tx dispute lease 1 --claim 12 --evidence https://logs.example/7 --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ParseResult parse = context.Parse;
            Parameters parameters = await new StateReader(client).CurrentParametersAsync(token);
            ulong wanted = parse.GetValue(claim);
            ulong pays = parse.GetValue(bond) ?? (ulong)CaseMath.Bond(wanted, parameters);
            Hash256 proof = Secrets.HashOf(parse.GetRequiredValue(evidence));
            string named = parse.GetRequiredValue(reference);
            if (Hash256.TryParse(named, out Hash256 uid)) return new OpenDispute(parse.GetValue(target), uid, wanted, proof, pays);
            return OpenDispute.About(parse.GetValue(target), ulong.Parse(named, CultureInfo.InvariantCulture), wanted, proof, pays);
        }, cancel));
    }

    public static VerbCommand Answer(VerbRunner run)
    {
        Argument<ulong> id = CaseArgument();
        Argument<AnswerAction> action = Values.ChoiceArgument<AnswerAction>("action", "What you do.");
        Option<string> evidence = new("--evidence")
        {
            Description = "Contesting: text or address of what shows that you are right; only its hash goes on the chain.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        Option<ulong?> amount = Values.OptionalAmount("--amount",
            "Contesting: your bond. Appealing: what pays the larger jury (default: what the chain asks for).");
        Option<ulong> share = new("--share")
        {
            Description = "Settling: basis points of the claim; the case ends when both sides name the same.",
            HelpName = "BPS",
        };
        TxOptions options = new();
        VerbCommand command = new("dispute-answer", "As a party, concede, contest, settle or appeal.")
        {
            Arguments = { id, action },
            Options = { evidence, amount, share },
            Examples =
            [
                "chain tx dispute-answer 1 contest --evidence https://logs.example/8 --from bob --wait",
                "chain tx dispute-answer 1 settle --share 2500 --from bob",
                "chain tx dispute-answer 1 appeal --from alice",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ParseResult parse = context.Parse;
            AnswerAction step = parse.GetValue(action);
            ulong number = parse.GetValue(id);
            StateReader reader = new(client);
            Parameters parameters = await reader.CurrentParametersAsync(token);
            Case found = (await reader.CaseAsync(number, StateReadOptions.Newest, token)).Value
                ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no case {number}.",
                    "It never was, or its record has gone.", "See 'chain query cases'.");
            ulong value = step switch
            {
                AnswerAction.Contest => parse.GetValue(amount) ?? (ulong)CaseMath.Bond(found.Claim, parameters),
                AnswerAction.Appeal => parse.GetValue(amount)
                    ?? CaseMath.JurySize((byte)(found.Round + 1), parameters) * found.JurorFee,
                AnswerAction.Settle => parse.GetValue(share),
                _ => 0,
            };
            Hash256 hash = step == AnswerAction.Contest ? Secrets.HashOf(parse.GetValue(evidence)!) : default;
            return new AnswerDispute(number, step, hash, value);
        }, cancel));
    }

    public static VerbCommand Vote(VerbRunner run)
    {
        Argument<ulong> id = CaseArgument();
        Argument<VoteAction> action = Values.ChoiceArgument<VoteAction>("action", "First commit, then reveal the same.");
        Argument<ulong> award = new("award") { Description = "The share of the claim that you give, basis points: 0 to 10000." };
        Option<string> secret = new("--secret")
        {
            Description = "Any text that others cannot guess; it hides your vote until you reveal both.",
            HelpName = "TEXT",
            Required = true,
        };
        TxOptions options = new();
        VerbCommand command = new("dispute-vote", "As a juror, vote in a case for which you were drawn.")
        {
            Details = "Silence and votes far from the ruling cost a part of your stake; the others earn it.",
            Arguments = { id, action, award },
            Options = { secret },
            Examples =
            [
                "chain tx dispute-vote 1 commit 8000 --secret \"green door\" --from carol --wait",
                "chain tx dispute-vote 1 reveal 8000 --secret \"green door\" --from carol --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ParseResult parse = context.Parse;
            ulong number = parse.GetValue(id);
            Case found = (await new StateReader(client).CaseAsync(number, StateReadOptions.Newest, token)).Value
                ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no case {number}.",
                    "It never was, or its record has gone.", "See 'chain query cases'.");
            Hash256 salt = Secrets.SaltOf(parse.GetRequiredValue(secret));
            ulong given = parse.GetValue(award);
            if (parse.GetValue(action) == VoteAction.Reveal) return new VoteDispute(number, found.Round, VoteAction.Reveal, salt, given);
            NodeStatus status = await client.StatusAsync(token);
            Address juror = context.AddressOf(parse.GetRequiredValue(options.From));
            Hash256 commit = CaseMath.Commit(status.ChainId, number, found.Round, juror, given, salt);
            return new VoteDispute(number, found.Round, VoteAction.Commit, commit, 0);
        }, cancel));
    }

    private static void CheckReference(string text)
    {
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) || Hash256.TryParse(text, out _)) return;
        throw new ClientException(ClientErrorCode.BadInput, $"'{text}' names nothing.",
            "A lease is named by its number, an attestation by 64 hex digits.", "See 'chain query leases'.");
    }

    private static Argument<ulong> CaseArgument() => new("case") { Description = "The case's number." };
}
