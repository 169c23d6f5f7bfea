using System;
using System.CommandLine;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.State;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx order</c>.</summary>
internal static class OrderCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Inputs inputs = new();
        TxOptions options = new();
        VerbCommand command = new("order",
            "Ask the market for resources; providers then bid, and the lowest rate is yours to take.")
        {
            Details = "The money for the start of the lease is set aside in the order. What the winning bid does not need comes back,\n"
                + "and so does all of it when nobody bids in time.\n"
                + "With --renewals the order stands: when a provider leaves the lease, or nobody bids, it takes bids again by itself.\n"
                + "What better bids leave over is kept for that, until 'chain tx order-close' ends it.",
            Options =
            {
                inputs.MaxRate, inputs.Replicas, inputs.Regions, inputs.Attributes,
                inputs.Schemas, inputs.Auction, inputs.RegionMax, inputs.Reputation, inputs.Tier, inputs.Allowed, inputs.Denied,
                inputs.Sla, inputs.CloseWindow, inputs.Renewals, inputs.Spec, inputs.Deposit, inputs.Prepaid, inputs.MinTerm, inputs.Notice, inputs.Open,
            },
            Examples =
            [
                "chain tx order --cpu 2000 --memory 4096 --max-rate 1000000ncredit --from alice --wait",
                "chain tx order --cpu 2000 --max-rate 0.001 --auction sealed_second --replicas 3 --region-max 1 --from alice",
                "chain tx order --cpu 2000 --max-rate 0.001 --auction sealed_first --renewals 3 --from alice",
                "chain tx order --gpus 2 --gpu nvidia/h100/80 --max-rate 0.002 --region DE --region FR --attested region --from alice",
            ],
        };
        inputs.Attributes.Checked(text => Pairs.ReadAttributes([text]));
        inputs.Schemas.Checked(text => Pairs.ReadSchema(text));
        foreach (Option option in inputs.Resources.All) command.Options.Add(option);
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
            TransactionFlow.RunAsync(context, options, (_, client, token) =>
                BuildAsync(context, inputs, client, token), cancel));
    }

    private static async Task<Message> BuildAsync(CliContext context, Inputs inputs, ChainClient client,
        CancellationToken cancel)
    {
        ParseResult parse = context.Parse;
        Parameters parameters = await new StateReader(client).CurrentParametersAsync(cancel);
        string spec = parse.GetValue(inputs.Spec)!;
        OrderNeeds needs = new(
            inputs.Resources.Read(parse),
            [.. (parse.GetValue(inputs.Regions) ?? []).Order(StringComparer.Ordinal)],
            Pairs.ReadAttributes(parse.GetValue(inputs.Attributes) ?? []),
            [.. (parse.GetValue(inputs.Schemas) ?? []).Select(Pairs.ReadSchema).Order()])
        {
            ReputationMinBps = parse.GetValue(inputs.Reputation),
            TierMin = parse.GetValue(inputs.Tier),
            Sla = parse.GetValue(inputs.Sla),
            Allowed = [.. (parse.GetValue(inputs.Allowed) ?? []).Select(context.AddressOf).Distinct().Order()],
            Denied = [.. (parse.GetValue(inputs.Denied) ?? []).Select(context.AddressOf).Distinct().Order()],
        };
        return new OpenOrder(new OrderTerms(
            spec.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(spec)),
            ManifestHash: default,
            needs,
            parse.GetValue(inputs.Replicas),
            parse.GetValue(inputs.MaxRate),
            parse.GetValue(inputs.Deposit) ?? parameters.OrderDepositMin,
            parse.GetValue(inputs.Prepaid) ?? Math.Max(parameters.PrepaidSeconds, parameters.OrderSecondsMin),
            parse.GetValue(inputs.MinTerm) ?? 0,
            parse.GetValue(inputs.Notice) ?? parameters.NoticeSecondsMin,
            parse.GetValue(inputs.Open) ?? parameters.OrderExpirySecondsMax)
        {
            Mode = parse.GetValue(inputs.Auction),
            RegionMax = parse.GetValue(inputs.RegionMax),
            CloseWindowSeconds = parse.GetValue(inputs.CloseWindow) ?? 0,
            Renewals = parse.GetValue(inputs.Renewals),
        });
    }

    private sealed class Inputs
    {
        public ResourceOptions Resources { get; } = new();

        public Option<SlaClass> Sla { get; } = Values.ChoiceOption<SlaClass>("--sla",
            "The least availability that will do.", SlaClass.Standard);

        public Option<ulong?> CloseWindow { get; } = Values.OptionalSeconds("--close-window",
            "In a sealed auction: a random part of this last time does not count, so that nobody can wait for it (default: none).");

        public Option<ulong> MaxRate { get; } = Required(Values.AmountOption("--max-rate",
            "Most that you pay for one second and replica."));

        public Option<byte> Replicas { get; } = new("--replicas")
        {
            Description = "How many leases, each with another provider.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };

        public Option<byte> Renewals { get; } = new("--renewals")
        {
            Description = "How often the order takes bids again by itself, when too few came or a provider leaves its lease, 0 to 16 (default: never).",
            HelpName = "N",
        };

        public Option<string[]> Regions { get; } = new("--region")
        {
            Description = "A region that will do; may be repeated (default: any).",
            HelpName = "REGION",
        };

        public Option<string[]> Attributes { get; } = new("--attribute")
        {
            Description = "Something the provider must show, as name=value; may be repeated.",
            HelpName = "NAME=VALUE",
        };

        public Option<string[]> Schemas { get; } = new("--attested")
        {
            Description = $"Something an auditor must have attested; may be repeated. One of: {JsonNames.AllOf<AttestationSchema>()}.",
            HelpName = "SCHEMA",
        };

        public Option<AuctionMode> Auction { get; } = Values.ChoiceOption<AuctionMode>("--auction",
            "How providers are found: in the open, where you choose, or sealed, where nobody sees the rates before all are in "
            + "and the best win by rule, at their own rate or at what the best loser's is worth.", AuctionMode.Open);

        public Option<byte> RegionMax { get; } = new("--region-max")
        {
            Description = "How many replicas may be in one region (default: any number).",
            HelpName = "N",
        };

        public Option<ulong> Reputation { get; } = new("--min-reputation")
        {
            Description = "Least reputation of a provider, 0 to 10000.",
            HelpName = "BPS",
        };

        public Option<byte> Tier { get; } = TierOption.Of("--min-tier", "Least tier of a provider");

        public Option<string[]> Allowed { get; } = new("--allow")
        {
            Description = "A provider that may bid, by address or key name; may be repeated (default: all).",
            HelpName = "WHO",
        };

        public Option<string[]> Denied { get; } = new("--deny")
        {
            Description = "A provider that may not bid; may be repeated.",
            HelpName = "WHO",
        };

        public Option<string> Spec { get; } = new("--spec")
        {
            Description = "Text that describes the workload; only its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };

        public Option<ulong?> Deposit { get; } = Values.OptionalAmount("--deposit",
            "Lost if you do not start the lease (default: the chain's minimum).");

        public Option<ulong?> Prepaid { get; } = Values.OptionalSeconds("--prepaid",
            "Time to pay in advance (default: the chain's minimum).");

        public Option<ulong?> MinTerm { get; } = Values.OptionalSeconds("--min-term",
            "Time before which you pay to leave (default: none).");

        public Option<ulong?> Notice { get; } = Values.OptionalSeconds("--notice",
            "Notice that the provider must give (default: the chain's minimum).");

        public Option<ulong?> Open { get; } = Values.OptionalSeconds("--open",
            "How long to take bids (default: the chain's maximum).");

        private static Option<ulong> Required(Option<ulong> option)
        {
            option.Required = true;
            return option;
        }
    }
}
