using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Capacity;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary>Showing that the capacity is there: <c>chain tx capacity-enter|capacity-prove</c>.</summary>
internal static class CapacityCommands
{
    public static VerbCommand Enter(VerbRunner run)
    {
        TxOptions options = new();
        VerbCommand command = new("capacity-enter", "As a provider, have your capacity challenged from the next epoch on, so that you may promise all of it.")
        {
            Details = "Units that you then fail to prove cost a part of your stake, and too many of them send you to jail.",
            Examples = ["chain tx capacity-enter --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, ProveCapacity.Enter, cancel));
    }

    public static VerbCommand Prove(VerbRunner run)
    {
        Option<ulong> limit = new("--limit")
        {
            Description = "Most units that one call proves; call again for the others.",
            HelpName = "N",
            DefaultValueFactory = _ => 512,
        };
        TxOptions options = new();
        VerbCommand command = new("capacity-prove", "As a provider, do the work of the challenge that is open, and show it.")
        {
            Details = "The work takes every core that this machine has; that is what it proves.",
            Options = { limit },
            Examples = ["chain tx capacity-prove --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAllAsync(context, options, async (_, client, token) =>
        {
            Address provider = context.AddressOf(context.Parse.GetRequiredValue(options.From));
            return await WorkAsync(client, provider, context.Parse.GetValue(limit), token);
        }, cancel));
    }

    private static async Task<IReadOnlyList<Message>> WorkAsync(ChainClient client, Address provider, ulong limit, CancellationToken cancel)
    {
        StateReader reader = new(client);
        Parameters parameters = await reader.CurrentParametersAsync(cancel);
        FetchedState state = await reader.FetchAsync(
            [new StateKey(StoreId.Market, Schema.Key(ProofSchema.Capacity, provider))], cancel);
        if (CapacityProofs.Read(state, provider) is not { State: CapacityState.Open } proofs)
        {
            throw new ClientException(ClientErrorCode.NotFound, "No challenge is open for you.",
                "You have not entered the proofs, or they are between two epochs.", $"See 'chain query capacity {provider}'.");
        }
        List<Message> messages = [];
        foreach (ClassProof known in proofs.Classes)
        {
            foreach (ulong[] units in Runs(known, limit))
            {
                if (messages.Count == Limits.MessagesPerTransactionMax) break;
                IReadOnlyList<UnitProof> work = CapacityWork.Find(
                    proofs, known.Class, units, (int)parameters.CapacityNoncesMin, parameters.CapacityDifficulty, cancel);
                messages.Add(new ProveCapacity(known.Class, units[0], work));
                limit -= (ulong)units.Length;
            }
        }
        if (messages.Count > 0) return messages;
        throw new ClientException(ClientErrorCode.NotFound, "Nothing is left to prove.",
            "Every unit of this epoch is proven.", "Wait for the next epoch.");
    }

    /// <summary>The units that are not proven yet, in runs without a gap that fit one message each.</summary>
    private static IEnumerable<ulong[]> Runs(ClassProof known, ulong limit)
    {
        List<ulong> run = [];
        ulong taken = 0;
        for (ulong unit = 0; unit < known.Challenged && taken < limit; unit++)
        {
            bool isDone = known.IsMarked(unit);
            if (!isDone)
            {
                run.Add(unit);
                taken++;
            }
            if (run.Count > 0 && (isDone || run.Count == CapacityLimits.UnitsPerMessageMax))
            {
                yield return [.. run];
                run.Clear();
            }
        }
        if (run.Count > 0) yield return [.. run];
    }
}
