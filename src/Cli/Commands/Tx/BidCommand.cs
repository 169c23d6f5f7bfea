using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx bid</c>.</summary>
internal static class BidCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Argument<ulong> order = new("order") { Description = "The order's number." };
        Argument<ulong> rate = Values.AmountArgument("rate", "What you want for one second.");
        Option<ulong?> deposit = Values.OptionalAmount("--deposit",
            "Lost if you do not start the lease (default: the chain's minimum).");
        Option<ulong?> notice = Values.OptionalSeconds("--notice",
            "Notice that you promise to give (default: what the order asks for).");
        PromiseOptions promise = new();
        TxOptions options = new();
        VerbCommand command = new("bid", "As a provider, offer to serve an order.")
        {
            Arguments = { order, rate },
            Options = { deposit, notice, promise.Sla, promise.Gpu },
            Examples = ["chain tx bid 1 800000ncredit --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, BuildAsync, cancel));

        async Task<Message> BuildAsync(CliContext context, ChainClient client, CancellationToken cancel)
        {
            ParseResult parse = context.Parse;
            StateReader reader = new(client);
            ulong id = parse.GetValue(order);
            Parameters parameters = await reader.CurrentParametersAsync(cancel);
            Order wanted = (await reader.OrderAsync(id, StateReadOptions.Newest, cancel)).Value
                ?? throw new ClientException(ClientErrorCode.NotFound, $"There is no order {id}.",
                    "It never was, or it has ended.", "See 'chain query orders --state open'.");
            return new PlaceBid(
                id, parse.GetValue(rate), parse.GetValue(deposit) ?? parameters.BidDepositMin,
                parse.GetValue(notice) ?? wanted.Terms.NoticeSeconds)
            {
                Promise = promise.Read(parse, wanted),
            };
        }
    }
}
