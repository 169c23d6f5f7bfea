using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Commands;
using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.Node.Hosting;
using Chain.Primitives;

namespace Chain.Cli;

/// <summary>The whole command line: which verbs there are, and what a run of one answers the shell.</summary>
internal static class CommandLine
{
    private const string Description =
        "A blockchain node whose application is a marketplace for cloud resources, and the tools to use it.\n\n"
        + "New here? 'chain demo' shows the whole story in under a minute. 'chain dev' starts a chain of your own to play with.";

    /// <summary>Parses and runs. The answer is the exit status; see <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(
        string[] args, TextWriter standardOutput, TextWriter standardError, CancellationToken cancel = default)
    {
        if (args is ["--version"])
        {
            // Scripts ask for it often, and building the tree of commands takes longer than all the rest.
            await standardOutput.WriteLineAsync(ProductVersion.Full);
            return ExitCode.Ok;
        }
        GlobalOptions options = new();
        VerbRunner? runner = null;
        RootCommand root = Build(options, (verb, parse, token) => runner!(verb, parse, token));
        ParseResult parsed = root.Parse(args);
        Output output = new(standardOutput, standardError, parsed.GetValue(options.Json));
        InvocationConfiguration invocation = new()
        {
            Output = standardOutput,
            Error = standardError,
            EnableDefaultExceptionHandler = false,
            // Signals are the program's own to hear: the package ends a node that still finishes its block with 143.
            ProcessTerminationTimeout = null,
        };
        if (parsed.Errors.Count > 0 && !AsksForHelp(args))
        {
            Command command = parsed.CommandResult.Command;
            bool isGroupAlone = command.Action is null && command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;
            if (isGroupAlone && !output.IsJson && parsed.Errors.All(e => e.SymbolResult is CommandResult))
            {
                // 'chain' or 'chain keys' alone asks what there is.
                invocation.Output = standardError;
                await root.Parse([.. args, "--help"]).InvokeAsync(invocation, cancel);
                return ExitCode.Usage;
            }
            output.Fail(UsageError(parsed, args));
            return ExitCode.Usage;
        }
        runner = (verb, parse, token) => RunVerbAsync(verb, new CliContext(options, parse, output), token);
        return await parsed.InvokeAsync(invocation, cancel);
    }

    /// <summary>The tree of all commands, whose verbs go to <paramref name="run"/>.</summary>
    internal static RootCommand Build(GlobalOptions options, VerbRunner run)
    {
        RootCommand root = new(Description);
        options.AddTo(root);
        VerbHelp.InstallOn(root);
        VerbCommand[] verbs =
        [
            DemoCommand.Create(run), DevCommand.Create(run), LocalnetCommand.Create(run), InitCommand.Create(run),
            GenesisCommand.Create(run), StartCommand.Create(run),
            StatusCommand.Create(run), ExportCommand.Create(run), RollbackCommand.Create(run), SignerCommand.Create(run),
            KeysCommand.Create(run), FaucetCommand.Create(run), TxCommand.Create(run), QueryCommand.Create(run),
            LightCommand.Create(run), BenchCommand.Create(run), SimCommand.Create(run),
        ];
        foreach (VerbCommand verb in verbs) root.Add(verb);
        NumberForms.InstallOn(root);
        TextForms.InstallOn(root);
        return root;
    }

    private static async Task<int> RunVerbAsync(Verb verb, CliContext context, CancellationToken cancel)
    {
        try
        {
            return await verb(context, cancel);
        }
        catch (ClientException e)
        {
            context.Output.Fail(e.Error);
            return e.Error.Code == ClientErrorCode.BadInput ? ExitCode.Usage : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (StopReport.IsExpected(e))
        {
            (Node.Hosting.ExitCode code, string remedy) = StopReport.Judge(e);
            if (remedy.Length == 0) remedy = "See above.";
            context.Output.Fail(new ClientError(ClientErrorCode.Home, Sentence(e.Message), $"Exit code {(int)code} ({code}).", remedy));
            return (int)code;
        }
#pragma warning disable CA1031 // The last frame that can tell a person what happened.
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.Output.Fail(new ClientError(ClientErrorCode.BadAnswer,
                "The program found itself in a state that must not be.",
                e is InvariantException ? e.Message : e.ToString(), "This is a fault of the program; please report it with the command you ran."));
            return ExitCode.Internal;
        }
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";

    private static ClientError UsageError(ParseResult parsed, string[] args)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        string why = string.Join(' ', parsed.Errors.Select(TextOf).Distinct());
        string remedy = $"See '{path} --help'.";
        if (parsed.UnmatchedTokens is [string token, ..])
        {
            why = $"'{token}' is not known here.";
            if (Suggestion.For(token, command) is { } word) remedy = $"Did you mean '{word}'? {remedy}";
        }
        if (FlagWithValue(parsed, args) is { } flag)
        {
            why = $"'{flag}': it takes no value. {why}";
            remedy = $"Write it alone. See '{path} --help'.";
        }
        return new ClientError(ClientErrorCode.BadInput, $"The command line of '{path}' was not understood.", why, remedy);
    }

    /// <summary>The first word that gives a switch a value which is neither true nor false: the library takes the value for a word of its own.</summary>
    private static string? FlagWithValue(ParseResult parsed, string[] args)
    {
        for (CommandResult? result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (Option<bool> flag in result.Command.Options.OfType<Option<bool>>())
            {
                string start = flag.Name + "=";
                string? word = Array.Find(args, arg => arg.StartsWith(start, StringComparison.Ordinal) && !bool.TryParse(arg[start.Length..], out _));
                if (word is not null) return word;
            }
        }
        return null;
    }

    /// <summary>Which option or argument it is, and what is wrong with it.</summary>
    private static string TextOf(ParseError error)
    {
        string? name = error.SymbolResult switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult { Parent: OptionResult option } => option.Option.Name,
            ArgumentResult argument => argument.Argument.Name,
            _ => null,
        };
        return name is null || error.Message.Contains(name, StringComparison.Ordinal) ? error.Message : $"{name}: {error.Message}";
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent
        ? $"{PathOf(parent)} {result.Command.Name}"
        : "chain";

    private static bool AsksForHelp(string[] args) => args.Any(a => a is "--help" or "-h" or "-?");
}
