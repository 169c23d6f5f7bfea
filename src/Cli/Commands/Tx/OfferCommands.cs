using System.CommandLine;
using System.Linq;
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
        Argument<ulong> rate = Values.AmountArgument("rate", "What you want for one second; with --curve the least that you take.");
        ResourceOptions resources = new();
        Option<ulong> curve = new("--curve")
        {
            Description = "Ask for the market's curve price ('chain query prices'), at this share in basis points: 10000 is the price itself.",
            HelpName = "BPS",
        };
        Option<SlaClass> sla = Values.ChoiceOption<SlaClass>("--sla", "The availability that you promise.", SlaClass.Standard);
        Option<string[]> allowed = new("--allow")
        {
            Description = "A tenant who may take it, by address or key name; may be repeated (default: all).",
            HelpName = "WHO",
        };
        Option<string[]> denied = new("--deny") { Description = "A tenant who may not take it; may be repeated.", HelpName = "WHO" };
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
            Arguments = { rate },
            Options = { curve, sla, allowed, denied, minTerm, notice, deposit, valid },
            Examples = ["chain tx offer-post 800000ncredit --cpu 1000 --memory 2048 --from bob --wait",
                "chain tx offer-post 0.002 --gpus 1 --gpu nvidia/h100/80/sxm --min-term 1h --valid 2d --from bob"],
        };
        foreach (Option option in resources.All) command.Options.Add(option);
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            Parameters parameters = await new StateReader(client).CurrentParametersAsync(cancel);
            OfferTerms terms = new(
                resources.Read(parse), parse.GetValue(rate), parse.GetValue(minTerm) ?? 0,
                parse.GetValue(notice) ?? parameters.NoticeSecondsMin, parse.GetValue(deposit) ?? parameters.BidDepositMin)
            {
                CurveBps = parse.GetValue(curve),
                Sla = parse.GetValue(sla),
                Allowed = [.. (parse.GetValue(allowed) ?? []).Select(context.AddressOf).Distinct().Order()],
                Denied = [.. (parse.GetValue(denied) ?? []).Select(context.AddressOf).Distinct().Order()],
            };
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
