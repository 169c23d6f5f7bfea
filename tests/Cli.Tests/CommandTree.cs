using System.Collections.Generic;
using System.CommandLine;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>The real tree of commands, whose verbs do nothing.</summary>
internal static class CommandTree
{
    public static RootCommand Root { get; } = CommandLine.Build(new GlobalOptions(), (_, _, _) => Task.FromResult(0));

    /// <summary>Every command with the words that lead to it, without <c>chain</c>.</summary>
    public static IEnumerable<(string[] Path, Command Command)> All() => Below([], Root);

    private static IEnumerable<(string[] Path, Command Command)> Below(string[] path, Command command)
    {
        yield return (path, command);
        foreach (Command inner in command.Subcommands)
        {
            foreach ((string[], Command) found in Below([.. path, inner.Name], inner)) yield return found;
        }
    }
}
