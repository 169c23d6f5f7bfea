using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx bid-seal|bid-reveal</c>: bidding where nobody sees the rates before all are in.</summary>
internal static class SealedBidCommands
{
    public static VerbCommand Seal(VerbRunner run)
    {
        Argument<ulong> order = OrderArgument();
        Argument<ulong> rate = Values.AmountArgument("rate", "What you want for one second; only you know it until you reveal it.");
        Option<string> secret = SecretOption();
        Option<ulong?> deposit = Values.OptionalAmount("--deposit",
            "Lost if you do not reveal, or do not start the lease (default: the chain's minimum).");
        Option<ulong?> notice = Values.OptionalSeconds("--notice",
            "Notice that you promise to give (default: what the order asks for).");
        PromiseOptions promise = new();
        TxOptions options = new();
        VerbCommand command = new("bid-seal", "As a provider, commit to a rate on a sealed order.")
        {
            Details = "Remember the rate and the secret: without them you cannot reveal, and the deposit is lost.",
            Arguments = { order, rate },
            Options = { secret, deposit, notice, promise.Sla, promise.Gpu },
            Examples = ["chain tx bid-seal 1 800000ncredit --secret \"blue horse 7\" --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ParseResult parse = context.Parse;
            ulong id = parse.GetValue(order);
            StateReader reader = new(client);
            Parameters parameters = await reader.CurrentParametersAsync(token);
            Order wanted = (await reader.OrderAsync(id, StateReadOptions.Newest, token)).Value
                ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no order {id}.",
                    "It never was, or it has ended.", "See 'chain query orders --state open'.");
            NodeStatus status = await client.StatusAsync(token);
            Address bidder = context.AddressOf(parse.GetRequiredValue(options.From));
            Hash256 commit = AuctionMath.Commit(
                status.ChainId, id, bidder, parse.GetValue(rate), Secrets.SaltOf(parse.GetRequiredValue(secret)));
            return new SealBid(
                id, commit, parse.GetValue(deposit) ?? parameters.BidDepositMin,
                parse.GetValue(notice) ?? wanted.Terms.NoticeSeconds)
            {
                Promise = promise.Read(parse, wanted),
            };
        }, cancel));
    }

    public static VerbCommand Reveal(VerbRunner run)
    {
        Argument<ulong> order = OrderArgument();
        Argument<ulong> rate = Values.AmountArgument("rate", "The rate that you committed to.");
        Option<string> secret = SecretOption();
        TxOptions options = new();
        VerbCommand command = new("bid-reveal", "Reveal a sealed bid, once bidding is over.")
        {
            Arguments = { order, rate },
            Options = { secret },
            Examples = ["chain tx bid-reveal 1 800000ncredit --secret \"blue horse 7\" --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new RevealBid(
                context.Parse.GetValue(order), context.Parse.GetValue(rate),
                Secrets.SaltOf(context.Parse.GetRequiredValue(secret))), cancel));
    }

    private static Argument<ulong> OrderArgument() => new("order") { Description = "The order's number." };

    private static Option<string> SecretOption() => new("--secret")
    {
        Description = "Any text that others cannot guess; it hides the rate until you reveal both.",
        HelpName = "TEXT",
        Required = true,
    };
}
