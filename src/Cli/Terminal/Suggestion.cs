using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace Chain.Cli.Terminal;

/// <summary>"Did you mean": the known word that is nearest to a mistyped one.</summary>
internal static class Suggestion
{
    /// <summary>Edits beyond which two words are no longer taken for each other.</summary>
    private const int EditsMax = 3;

    /// <summary>The nearest verb or option of a command, or null when nothing is near.</summary>
    public static string? For(string token, Command command)
    {
        IEnumerable<string> options = command.Options.Select(o => o.Name);
        for (Command? parent = command; parent is not null; parent = parent.Parents.OfType<Command>().FirstOrDefault())
        {
            options = options.Concat(parent.Options.Where(o => o.Recursive).Select(o => o.Name));
        }
        IEnumerable<string> words = token.StartsWith('-') ? options : command.Subcommands.Select(c => c.Name);
        return Nearest(token, words);
    }

    /// <summary>What to choose in the place of a name that is not known.</summary>
    public static string OrAll<T>(string text) where T : struct, Enum => Nearest(text, JsonNames.AllOf<T>().Split(", ")) is { } near
        ? $"Did you mean '{near}'?"
        : $"Choose one of: {JsonNames.AllOf<T>()}.";

    public static string? Nearest(string token, IEnumerable<string> words)
    {
        string? best = null;
        int fewest = Math.Min(EditsMax, (token.Length / 2) + 1) + 1;
        foreach (string word in words)
        {
            int edits = Distance(token, word);
            if (edits >= fewest) continue;
            fewest = edits;
            best = word;
        }
        return best;
    }

    /// <summary>Levenshtein distance with transpositions of neighbours counted once.</summary>
    private static int Distance(string left, string right)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + change);
                bool isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                cost[i, j] = isSwap ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
            }
        }
        return cost[left.Length, right.Length];
    }
}
