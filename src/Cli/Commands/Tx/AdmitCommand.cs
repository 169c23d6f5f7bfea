using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx admit</c>.</summary>
internal static class AdmitCommand
{
    private delegate Admit Propose(CliContext context, MarketTime expires);

    public static VerbCommand Create(VerbRunner run) => new("admit", "As a validator, propose or vote to admit somebody, or to end it.")
    {
        Details = "The first validator proposes; its answer names the proposal's id. The others send 'chain tx admit vote ID'. Once\n"
            + "validators with more than 2/3 of the power have sent it, it takes effect. Undecided ones: 'chain query admissions'.",
        Subcommands = { Seat(run), Access(run), Accreditation(run), Vote(run) },
    };

    private static VerbCommand Seat(VerbRunner run)
    {
        Argument<string> provider = new("provider") { Description = "The provider's address, or the name of its key in your wallet." };
        return Proposes(run, new VerbCommand("seat", "Give a provider a validator seat, extend it, or end it.")
        {
            Details = "The provider must have asked ('chain tx validator ask'): see 'chain query seat-requests'. The seat counts two blocks\n"
                + "later, whether its node runs or not: where the others have no more than 2/3 of the power, the chain waits for it.",
            Arguments = { provider },
            Examples = ["chain tx admit seat bob --from operator --wait", "chain tx admit seat bob --revoke --from operator --wait"],
        }, (context, expires) =>
        {
            Address address = context.AddressOf(context.Parse.GetRequiredValue(provider));
            return expires.Seconds == 0 ? Admit.RevokeSeat(address) : Admit.GrantSeat(address, expires);
        });
    }

    private static VerbCommand Access(VerbRunner run)
    {
        Argument<PublicKey> node = new("node-key")
        {
            Description = "The node's key, 64 hex digits.",
            CustomParser = result =>
            {
                bool isKey = Hex.TryDecode(result.Tokens[0].Value, out byte[] bytes) && bytes.Length == PublicKey.Size;
                if (!isKey) result.AddError($"'{result.Tokens[0].Value}' is not a node key. Write 64 hex digits.");
                return isKey ? PublicKey.From(bytes) : default;
            },
        };
        return Proposes(run, new VerbCommand("access", "Let a node connect that is no validator's, for longer, or no more.")
        {
            Details = "Its owner must have asked ('chain tx access ask'): see 'chain query access-requests'.",
            Arguments = { node },
            Examples = ["chain tx admit access 5f3c… --for 365d --from operator --wait"],
        }, (context, expires) =>
        {
            PublicKey key = context.Parse.GetValue(node);
            return expires.Seconds == 0 ? Admit.RevokeAccess(key) : Admit.GrantAccess(key, expires);
        });
    }

    private static VerbCommand Accreditation(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "An address, or the name of a key in your wallet." };
        Argument<byte> scope = new("scope")
        {
            Description = "What for: provider, auditor, prober or juror to hold that role, schema:N to attest under schema N.",
            CustomParser = result =>
            {
                if (!ScopeNames.TryParse(result.Tokens[0].Value, out byte value))
                {
                    result.AddError($"'{result.Tokens[0].Value}' is no scope. Write provider, auditor, prober, juror or schema:N.");
                }
                return value;
            },
        };
        return Proposes(run, new VerbCommand("accreditation", "Let an address hold a role or attest, or no more.")
        {
            Arguments = { who, scope },
            Examples = ["chain tx admit accreditation carol auditor --for 365d --from operator --wait"],
        }, (context, expires) =>
        {
            Address address = context.AddressOf(context.Parse.GetRequiredValue(who));
            byte value = context.Parse.GetValue(scope);
            return expires.Seconds == 0
                ? Admit.RevokeAccreditation(address, value)
                : Admit.GrantAccreditation(address, value, expires);
        });
    }

    private static VerbCommand Vote(VerbRunner run)
    {
        Argument<Hash256> id = Values.HashArgument("id", "The proposal's id, as 'chain query admissions' lists it.");
        TxOptions options = new();
        VerbCommand command = new("vote", "Vote for a proposal that another validator has sent.")
        {
            Arguments = { id },
            Examples = ["chain tx admit vote 5F3C… --from operator --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, stop) =>
        {
            Hash256 wanted = context.Parse.GetValue(id);
            StateValue<OpenAdmission> found = await new StateReader(client).AdmissionAsync(wanted, StateReadOptions.Newest, stop);
            return found.Value?.Proposal ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no open proposal {wanted}.",
                "It was decided, it expired, or the id is wrong.", "See the open ones: chain query admissions");
        }, cancel));
    }

    private static VerbCommand Proposes(VerbRunner run, VerbCommand command, Propose propose)
    {
        Option<ulong?> life = Values.OptionalSeconds("--for", "How long it holds (default: for good).");
        Option<bool> revoke = new("--revoke") { Description = "End it instead of granting it." };
        TxOptions options = new();
        command.Add(life);
        command.Add(revoke);
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, stop) =>
        {
            if (context.Parse.GetValue(revoke)) return propose(context, default);
            if (context.Parse.GetValue(life) is not { } seconds) return propose(context, MarketTime.Never);
            MarketTime now = await new StateReader(client).MarketTimeAsync(stop);
            return propose(context, now + seconds);
        }, cancel));
    }
}
