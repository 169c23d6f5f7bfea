using System.Collections.Generic;

namespace Chain.Cli;

/// <summary>Commands to copy that go to the same node and home as the one that prints them.</summary>
internal static class SameChain
{
    /// <summary>With the home that the user named.</summary>
    public static IReadOnlyList<string> WithHome(this CliContext context, params IReadOnlyList<string> words) =>
        context.HasHome ? [.. words, "--home", context.Home] : words;

    /// <summary>With the node that the user named.</summary>
    public static IReadOnlyList<string> WithNode(this CliContext context, params IReadOnlyList<string> words) =>
        context.HasNode ? [.. words, "--node", context.Node] : words;
}
