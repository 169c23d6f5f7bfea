using System.CommandLine;
using System.Linq;
using System.Text;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;

namespace Chain.Cli.Commands.Tx;

/// <summary>The life of a lease: <c>chain tx lease|lease-start|settle|withdraw|lease-close</c>.</summary>
internal static class LeaseCommands
{
    public static VerbCommand Lease(VerbRunner run)
    {
        Argument<ulong> order = new("order") { Description = "Your order's number." };
        Argument<string> provider = new("provider")
        {
            Description = "Whose bid you take: an address, or the name of a key in your wallet. Leave it out on a sealed order, whose\n"
                + "rules choose once bids are revealed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        TxOptions options = new();
        VerbCommand command = new("lease", "As a tenant, take a bid: it becomes a lease.")
        {
            Arguments = { order, provider },
            Examples = ["chain tx lease 1 bob --from alice --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new AcceptBid(
                context.Parse.GetValue(order),
                context.Parse.GetValue(provider) is { } who ? context.AddressOf(who) : default),
            cancel));
    }

    public static VerbCommand Start(VerbRunner run)
    {
        Argument<ulong> lease = LeaseArgument();
        Option<string> workload = new("--workload")
        {
            Description = "Provider only: what runs, for example an image digest; its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        Option<string> endpoint = new("--endpoint")
        {
            Description = "Provider only: where it runs; its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        TxOptions options = new();
        VerbCommand command = new("lease-start",
            "Say that you are ready. When both sides have, the lease runs and is paid for.")
        {
            Details = "The tenant passes no more than the number: it says that the provider has all that it needs to start.\n"
                + "The provider names with --workload and --endpoint what runs and where.",
            Arguments = { lease },
            Options = { workload, endpoint },
            Examples =
            [
                "chain tx lease-start 1 --from alice --wait",
                "chain tx lease-start 1 --workload web@sha256:… --endpoint https://host.example:8443 --from bob --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new StartLease(
                context.Parse.GetValue(lease), HashOf(context.Parse.GetValue(workload)!),
                HashOf(context.Parse.GetValue(endpoint)!)),
            cancel));
    }

    public static VerbCommand Settle(VerbRunner run)
    {
        Argument<ulong[]> leases = new("leases")
        {
            Description = "Numbers of the leases.",
            Arity = ArgumentArity.OneOrMore,
        };
        TxOptions options = new();
        VerbCommand command = new("settle", "Bring leases up to date: move what has been earned so far. Anyone may.")
        {
            Arguments = { leases },
            Examples = ["chain tx settle 1 2 --from bob"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, new SettleLeases([.. context.Parse.GetRequiredValue(leases).Distinct().Order()]), cancel));
    }

    public static VerbCommand Withdraw(VerbRunner run)
    {
        Argument<ulong> lease = LeaseArgument();
        Argument<ulong> amount = Values.AmountArgument("amount", "How much; all that may be taken without it.");
        amount.Arity = ArgumentArity.ZeroOrOne;
        TxOptions options = new();
        VerbCommand command = new("withdraw",
            "Take money out of a lease: the provider what it earned, the tenant what is to spare.")
        {
            Arguments = { lease, amount },
            Examples = ["chain tx withdraw 1 --from bob --wait", "chain tx withdraw 1 0.5 --from alice"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options, new Withdraw(context.Parse.GetValue(lease), context.Parse.GetValue(amount)), cancel));
    }

    public static VerbCommand Close(VerbRunner run)
    {
        Argument<ulong> lease = LeaseArgument();
        Option<CloseReason> reason = Values.ChoiceOption<CloseReason>("--reason", "Why.", CloseReason.Done);
        Option<CloseMode> mode = Values.ChoiceOption<CloseMode>("--mode",
            "At once, or (provider) with the agreed notice.", CloseMode.Now);
        TxOptions options = new();
        VerbCommand command = new("lease-close", "End a lease. Leaving before what was agreed costs a penalty.")
        {
            Arguments = { lease },
            Options = { reason, mode },
            Examples = ["chain tx lease-close 1 --from alice --wait",
                "chain tx lease-close 1 --mode notice --reason decommission --from bob"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new CloseLease(context.Parse.GetValue(lease), context.Parse.GetValue(reason),
                context.Parse.GetValue(mode)), cancel));
    }

    private static Argument<ulong> LeaseArgument() => new("lease") { Description = "The lease's number." };

    private static Hash256 HashOf(string text) => text.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(text));
}
