using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.State;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary>Posted prices, the provider's side: <c>chain tx offer-post|offer-withdraw</c>.</summary>
internal static class OfferCommands
{
    public static VerbCommand Post(VerbRunner run)
    {
        Argument<ulong> units = new("units") { Description = "How many units one lease gets." };
        Argument<ulong> rate = Values.AmountArgument("rate", "What you want for all of them for one second.");
        Option<ResourceClass> resource = Values.ChoiceOption<ResourceClass>("--resource", "What you sell.", ResourceClass.CpuMilli);
        Option<ulong?> minTerm = Values.OptionalSeconds("--min-term", "Time before which a tenant pays to leave (default: none).");
        Option<ulong?> notice = Values.OptionalSeconds("--notice", "Notice that you promise to give (default: the chain's minimum).");
        Option<ulong?> deposit = Values.OptionalAmount("--deposit",
            "Taken for each lease, and lost if you do not start it (default: the chain's minimum).");
        Option<ulong?> valid = Values.OptionalSeconds("--valid", "How long the offer stands (default: the chain's maximum).");
        TxOptions options = new();
        VerbCommand command = new("offer-post", "As a provider, post a price; tenants may then take it at once, without an auction.")
        {
            Details = "An offer reserves nothing and may be taken again and again, as long as you have the units, the stake and the\n"
                + "deposit for one more lease.",
            Arguments = { units, rate },
            Options = { resource, minTerm, notice, deposit, valid },
            Examples = ["chain tx offer-post 1000 800000ncredit --from bob --wait",
                "chain tx offer-post 1 0.002 --resource gpu --min-term 1h --valid 2d --from bob"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            Parameters parameters = await new StateReader(client).CurrentParametersAsync(cancel);
            OfferTerms terms = new(
                parse.GetValue(resource), parse.GetValue(units), parse.GetValue(rate), parse.GetValue(minTerm) ?? 0,
                parse.GetValue(notice) ?? parameters.NoticeSecondsMin, parse.GetValue(deposit) ?? parameters.BidDepositMin);
            return ChangeOffer.Post(terms, parse.GetValue(valid) ?? parameters.OrderExpirySecondsMax);
        }
    }

    public static VerbCommand Withdraw(VerbRunner run)
    {
        Argument<ulong> offer = new("offer") { Description = "Your offer's number." };
        TxOptions options = new();
        VerbCommand command = new("offer-withdraw", "As a provider, take an offer back. Leases that were made of it go on.")
        {
            Arguments = { offer },
            Examples = ["chain tx offer-withdraw 1 --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, ChangeOffer.Withdraw(context.Parse.GetValue(offer)), cancel));
    }
}
