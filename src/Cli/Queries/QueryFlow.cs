using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;

namespace Chain.Cli.Queries;

/// <summary>Reads one object of the state and shows it, with its proof where that was asked for.</summary>
internal static class QueryFlow
{
    /// <summary>Reads an object of the state.</summary>
    public delegate Task<StateValue<T>> Read<T>(StateReader reader, StateReadOptions options,
        CancellationToken cancel) where T : class;

    /// <param name="what">What is asked for, to say that it does not exist: <c>order 5</c>.</param>
    public static async Task<int> RunAsync<T>(
        CliContext context, QueryOptions options, string what, Read<T> read, Func<CliContext, T, Facts> show,
        CancellationToken cancel)
        where T : class
    {
        using ChainClient client = context.Connect();
        StateValue<T> found = await read(new StateReader(client), options.Read(context), cancel);
        if (found.Value is null)
        {
            string proven = found.Proof is null ? "" : " This was proven: no value stands under its key.";
            throw new ClientException(ClientErrorCode.NotFound, $"There is no {what}.",
                $"The state after block {found.Height} does not hold it.{proven}", "Check the name or number.");
        }
        Facts facts = show(context, found.Value);
        JsonObject json = facts.ToJson();
        json["at_height"] = found.Height.ToString();
        if (found.Proof is { } proof) json["proof"] = ProofPrinter.ToJson(proof);
        context.Output.Answer(json, console =>
        {
            facts.Print(console);
            console.WriteLine($"As of block {found.Height}.");
            if (found.Proof is null) return;
            console.WriteLine("This was checked, not only said by the node:");
            ProofPrinter.Print(console, found.Proof);
        });
        return ExitCode.Ok;
    }

    /// <summary>Adds the options and what the command does.</summary>
    public static VerbCommand Reads<T>(
        this VerbCommand command, VerbRunner run, Func<CliContext, string> what,
        Func<CliContext, Read<T>> read, Func<CliContext, T, Facts> show) where T : class
    {
        QueryOptions options = new();
        options.AddTo(command);
        return command.Does(run, (context, cancel) => RunAsync(context, options, what(context), read(context), show,
            cancel));
    }
}
