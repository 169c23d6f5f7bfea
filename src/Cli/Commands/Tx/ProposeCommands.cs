using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx propose</c>: ask the validators for a change.</summary>
internal static class ProposeCommands
{
    private delegate Task<ProposalContent> ContentBuilder(CliContext context, StateReader reader, CancellationToken cancel);

    public static VerbCommand Create(VerbRunner run) => new("propose", "Propose a change that the validators vote on.")
    {
        Details = "A proposal needs a deposit, then the panel gives its opinion, the validators vote, and what they accept takes\n"
            + "effect after a time lock. The deposit comes back unless a quorum said no.",
        Subcommands = { Set(run), Flag(run), Upgrade(run), Spend(run), Accredit(run), Text(run), Deposit(run) },
    };

    private static VerbCommand Set(VerbRunner run)
    {
        Argument<string[]> values = new("values") { Description = "NAME=VALUE, up to 8; see 'chain query params'." };
        values.Checked(text => ReadChanges([text]));
        VerbCommand command = new("parameters", "Propose other values for the chain's parameters.")
        {
            Arguments = { values },
            Examples = ["chain tx propose parameters bid_cap=64 --from alice --wait"],
        };
        return Proposes(command, run, (context, _, _) =>
            Task.FromResult<ProposalContent>(ReadChanges(context.Parse.GetRequiredValue(values))));
    }

    private static VerbCommand Flag(VerbRunner run)
    {
        Argument<MessageKind> kind = Values.ChoiceArgument<MessageKind>("kind", "Which kind of message.");
        Argument<FlagMode> mode = Values.ChoiceArgument<FlagMode>("mode", "Who may send it.");
        Argument<string[]> allowed = new("allowed")
        {
            Description = "With allow_list: addresses, or names of keys.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        VerbCommand command = new("flag", "Propose to close a kind of message, to open it, or to let a few send it.")
        {
            Arguments = { kind, mode, allowed },
            Examples = ["chain tx propose flag order allow_list bob carol --from alice --wait"],
        };
        return Proposes(command, run, (context, _, _) =>
        {
            SortedSet<Address> addresses = [.. (context.Parse.GetValue(allowed) ?? []).Select(context.AddressOf)];
            return Task.FromResult<ProposalContent>(new FlagChange(new KindFlag(
                context.Parse.GetRequiredValue(kind), context.Parse.GetRequiredValue(mode), [.. addresses])));
        });
    }

    private static VerbCommand Upgrade(VerbRunner run)
    {
        Argument<ulong> version = new("version") { Description = "The next application version; the present one calls a plan off." };
        Argument<ulong> after = Values.SecondsArgument("in", "How long from now until the rules change.");
        Option<Hash256> program = Values.HashOption("--program", "SHA-256 of what operators are to run.");
        VerbCommand command = new("upgrade", "Propose other rules from a time on.")
        {
            Arguments = { version, after },
            Options = { program },
            Examples = ["chain tx propose upgrade 2 14d --from alice --wait"],
        };
        return Proposes(command, run, async (context, reader, cancel) =>
        {
            MarketTime now = await reader.MarketTimeAsync(cancel);
            return new UpgradeChange(
                context.Parse.GetValue(version), context.Parse.GetValue(program), now + context.Parse.GetValue(after));
        });
    }

    private static VerbCommand Spend(VerbRunner run)
    {
        Argument<string> to = new("to") { Description = "Who gets it: an address, or the name of a key." };
        Argument<ulong> amount = Values.AmountArgument("amount", "How much of the treasury.");
        VerbCommand command = new("spend", "Propose to pay somebody out of the treasury.")
        {
            Arguments = { to, amount },
            Examples = ["chain tx propose spend bob 100 --from alice --wait"],
        };
        return Proposes(command, run, (context, _, _) => Task.FromResult<ProposalContent>(new TreasurySpend(
            context.AddressOf(context.Parse.GetRequiredValue(to)), context.Parse.GetValue(amount))));
    }

    private static VerbCommand Accredit(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "An address, or the name of a key." };
        Argument<string> scope = new("scope") { Description = "auditor, prober, juror, provider, panel, guardian or schema:N." };
        scope.Checked(text => ReadScope(text));
        Option<ulong> expires = Values.SecondsOption("--expires-in", "How long it holds; 0 ends what there is.", 31_536_000);
        VerbCommand command = new("accredit", "Propose that somebody may hold a role, sit on the panel or be a guardian.")
        {
            Arguments = { who, scope },
            Options = { expires },
            Examples = ["chain tx propose accredit carol guardian --expires-in 90d --from alice --wait"],
        };
        return Proposes(command, run, async (context, reader, cancel) =>
        {
            byte value = ReadScope(context.Parse.GetRequiredValue(scope));
            ulong seconds = context.Parse.GetValue(expires);
            MarketTime until = seconds == 0 ? default : await reader.MarketTimeAsync(cancel) + seconds;
            return new AccreditationChange(context.AddressOf(context.Parse.GetRequiredValue(who)), value, until);
        });
    }

    private static VerbCommand Text(VerbRunner run) => Proposes(
        new VerbCommand("text", "Put a statement to the vote; it is the text behind --disclosure.")
        {
            Examples = ["chain tx propose text --disclosure 5F3C… --from alice --wait"],
        },
        run, (_, _, _) => Task.FromResult<ProposalContent>(new TextOnly()));

    private static VerbCommand Deposit(VerbRunner run)
    {
        Argument<ulong> id = new("proposal") { Description = "The proposal's number." };
        Argument<ulong> amount = Values.AmountArgument("amount", "How much to add.");
        TxOptions options = new();
        VerbCommand command = new("deposit", "Add to the deposit of a proposal that does not have enough.")
        {
            Arguments = { id, amount },
            Examples = ["chain tx propose deposit 1 5 --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, new AddDeposit(context.Parse.GetValue(id), context.Parse.GetValue(amount)), cancel));
    }

    /// <summary>Adds what every proposal has, and what the command does.</summary>
    private static VerbCommand Proposes(VerbCommand command, VerbRunner run, ContentBuilder build)
    {
        Option<ulong?> deposit = Values.OptionalAmount("--deposit", "What you put behind it (default: all that it needs).");
        Option<Hash256> disclosure = Values.HashOption("--disclosure", "SHA-256 of the text that explains it.");
        command.Add(deposit);
        command.Add(disclosure);
        TxOptions options = new();
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            StateReader reader = new(client);
            Parameters parameters = await reader.CurrentParametersAsync(cancel);
            return new Propose(
                await build(context, reader, cancel),
                context.Parse.GetValue(deposit) ?? parameters.ProposalDepositMin,
                context.Parse.GetValue(disclosure));
        }
    }

    private static byte ReadScope(string name) => ScopeNames.TryParse(name, out byte scope)
        ? scope
        : throw Bad($"'{name}' is no scope.", "Write auditor, prober, juror, provider, panel, guardian or schema:N.");

    private static ParameterChanges ReadChanges(string[] texts)
    {
        SortedDictionary<ParameterId, ParameterValue> changes = [];
        foreach (string text in texts)
        {
            string[] halves = text.Split('=', 2);
            ParameterEntry entry = ParameterTable.Find(halves[0])
                ?? throw Bad($"There is no parameter '{halves[0]}'.", "See the names with 'chain query params'.");
            bool isNumber = ulong.TryParse(
                halves.Length == 2 ? halves[1] : "", NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong value);
            if (!isNumber) throw Bad($"'{text}' has no value.", "Write NAME=NUMBER, in the parameter's own unit.");
            changes[entry.Id] = new ParameterValue(entry.Id, value);
        }
        return new ParameterChanges([.. changes.Values]);
    }

    private static ClientException Bad(string what, string help) => new(ClientErrorCode.BadInput, what, "It cannot be read.", help);
}
