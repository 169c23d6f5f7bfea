using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx lease-amend|lease-agree</c>.</summary>
internal static class LeaseAmendCommand
{
    private const ulong ValidSecondsDefault = 600;

    public static VerbCommand Propose(VerbRunner run)
    {
        Argument<ulong> lease = new("lease") { Description = "The lease's number." };
        Option<ulong?> rate = Values.OptionalAmount("--rate", "New price for one second (default: as it is).");
        ResourceOptions resources = new();
        Option<ulong?> minTerm = Values.OptionalSeconds("--min-term",
            "New time, from the start of the lease, before which the tenant pays to leave (default: as it is).");
        Option<ulong> valid = Values.SecondsOption("--valid", "How long the other side may agree.", ValidSecondsDefault);
        TxOptions options = new();
        VerbCommand command = new("lease-amend", "Ask for other terms of a running lease; the other side must agree.")
        {
            Details = "Nothing changes before the other side says 'chain tx lease-agree'. Asking again replaces what was asked before.",
            Arguments = { lease },
            Options = { rate, minTerm, valid },
            Examples = ["chain tx lease-amend 1 --cpu 2000 --rate 0.002 --from alice --wait"],
        };
        foreach (Option option in resources.All) command.Options.Add(option);
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            ulong id = parse.GetValue(lease);
            LeaseTerms present = (await new StateReader(client).LeaseAsync(id, StateReadOptions.Newest, cancel)).Value?.Terms
                ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no lease {id}.",
                    "It never was, or its record is gone.", "See 'chain query leases'.");
            AmendedTerms terms = new(
                resources.Read(parse, present.Resources), parse.GetValue(rate) ?? present.RatePerSecond, parse.GetValue(minTerm) ?? present.MinTermSeconds);
            return new AmendLease(id, AmendAction.Propose, terms, parse.GetValue(valid));
        }
    }

    public static VerbCommand Agree(VerbRunner run)
    {
        Argument<ulong> lease = new("lease") { Description = "The lease's number." };
        TxOptions options = new();
        VerbCommand command = new("lease-agree", "Agree to the other terms that the other side asks for.")
        {
            Details = "Look at them first with --dry-run. The time until now is still paid at the old rate.",
            Arguments = { lease },
            Examples = ["chain tx lease-agree 1 --from bob --dry-run", "chain tx lease-agree 1 --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ulong id = context.Parse.GetValue(lease);
            Amendment asked = (await new StateReader(client).AmendmentAsync(id, StateReadOptions.Newest, cancel)).Value
                ?? throw new ClientException(ClientErrorCode.NotFound, $"Nobody asks for other terms of lease {id}.",
                    "Nothing was asked for, or it was already agreed to.", "Ask with 'chain tx lease-amend'.");
            return new AmendLease(id, AmendAction.Accept, asked.Terms, ValidSeconds: 0);
        }
    }
}
