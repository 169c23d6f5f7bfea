using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Proof.Tasks;

namespace Chain.Cli.Commands.Tx;

/// <summary>Computations that several do: <c>chain tx task|result</c>.</summary>
internal static class TaskCommands
{
    public static VerbCommand Open(VerbRunner run)
    {
        Argument<string> spec = new("spec") { Description = "What is to be computed; only its hash goes on the chain." };
        Argument<ulong> reward = Values.AmountArgument("reward", "Shared by the workers who agree on the result.");
        Option<ulong> trust = new("--trust")
        {
            Description = "The result may be wrong with a chance of less than one in so many.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        Option<ulong?> stake = Values.OptionalAmount("--stake",
            "What each worker loses by a wrong result or silence (default: twice the reward).");
        Option<bool> adaptive = new("--adaptive")
        {
            Description = "Let one worker do whose results have been right so often, and have others check it at random. "
                + "It is checked once in stake / reward at least, so stake much for this.",
        };
        TxOptions options = new();
        VerbCommand command = new("task", "Have something computed by several providers, so that you can trust the result.")
        {
            Details = "Providers put themselves forward, some are drawn, and each seals its result before it sees another's.\n"
                + "If too few agree, more are drawn; if that does not help either, your money comes back.",
            Arguments = { spec, reward },
            Options = { trust, stake, adaptive },
            Examples =
            [
                "chain tx task \"sha256sum of dataset 7\" 3 --trust 100 --from alice --wait",
                "chain tx task \"sha256sum of dataset 7\" 3 --trust 10 --stake 60 --adaptive --from alice --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            ulong pays = context.Parse.GetValue(reward);
            OpenTask message = new(
                Secrets.HashOf(context.Parse.GetRequiredValue(spec)), pays, context.Parse.GetValue(trust),
                context.Parse.GetValue(stake) ?? pays * 2) { IsAdaptive = context.Parse.GetValue(adaptive) };
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }

    public static VerbCommand Submit(VerbRunner run)
    {
        Argument<ulong> task = new("task") { Description = "The task's number." };
        Argument<ResultStep> step = Values.ChoiceArgument<ResultStep>("step", "What you do.");
        Option<Hash256> digest = Values.HashOption("--digest", "Committing and revealing: SHA-256 of the result.");
        TxOptions options = new();
        VerbCommand command = new("result", "As a provider, put yourself forward for a task, and hand in its result when you are drawn.")
        {
            Arguments = { task, step },
            Options = { digest },
            Examples =
            [
                "chain tx result 1 enrol --from bob --wait",
                "chain tx result 1 commit --digest 5F3C… --from bob --wait",
                "chain tx result 1 reveal --digest 5F3C… --from bob --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ulong id = context.Parse.GetValue(task);
            ResultStep what = context.Parse.GetValue(step);
            Hash256 result = context.Parse.GetValue(digest);
            if (what != ResultStep.Commit) return new SubmitResult(id, what, what == ResultStep.Enrol ? default : result);
            NodeStatus status = await client.StatusAsync(token);
            Address worker = context.AddressOf(context.Parse.GetRequiredValue(options.From));
            return new SubmitResult(id, what, TaskMath.Seal(status.ChainId, id, worker, result));
        }, cancel));
    }
}
