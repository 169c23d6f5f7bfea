using System;
using System.CommandLine;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx offer-take</c>.</summary>
internal static class OfferTakeCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<ulong> offer = new("offer") { Description = "The offer's number." };
        Option<ulong?> maxRate = Values.OptionalAmount("--max-rate",
            "Most that you pay for one second (default: what the offer asks for; with a curve price twice its least).");
        Option<ulong?> prepaid = Values.OptionalSeconds("--prepaid", "Time to pay in advance (default: the chain's minimum).");
        Option<ulong?> deposit = Values.OptionalAmount("--deposit",
            "Lost if you do not start the lease (default: the chain's minimum).");
        Option<string> spec = new("--spec")
        {
            Description = "Text that describes the workload; only its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        TxOptions options = new();
        VerbCommand command = new("offer-take", "As a tenant, take a posted price: it becomes a lease at once.")
        {
            Details = "The offer's minimum term and notice hold for the lease. Go on with 'chain tx lease-start'.",
            Arguments = { offer },
            Options = { maxRate, prepaid, deposit, spec },
            Examples = ["chain tx offer-take 1 --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            StateReader reader = new(client);
            ulong id = parse.GetValue(offer);
            Parameters parameters = await reader.CurrentParametersAsync(cancel);
            OfferTerms terms = (await reader.OfferAsync(id, StateReadOptions.Newest, cancel)).Value?.Terms
                ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no offer {id}.",
                    "It never was, or it was withdrawn or has expired.", "See 'chain query offers'.");
            string text = parse.GetValue(spec)!;
            return new TakeOffer(id, new OrderTerms(
                text.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(text)),
                ManifestHash: default,
                new OrderNeeds(terms.Resources, [], [], []) { Sla = terms.Sla },
                Replicas: 1,
                parse.GetValue(maxRate) ?? RateMaxOf(terms),
                parse.GetValue(deposit) ?? parameters.OrderDepositMin,
                parse.GetValue(prepaid) ?? Math.Max(parameters.PrepaidSeconds, parameters.OrderSecondsMin),
                terms.MinTermSeconds,
                terms.NoticeSeconds,
                parameters.OrderExpirySecondsMax));
        }
    }

    /// <summary>A curve price is known only in the block: the tenant is protected by a bound that the offer's least rate suggests.</summary>
    private static ulong RateMaxOf(OfferTerms terms) =>
        terms.CurveBps == 0 ? terms.RatePerSecond : Math.Min(terms.RatePerSecond * 2, MarketLimits.RatePerSecondMax);
}
