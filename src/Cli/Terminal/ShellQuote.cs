using System;
using System.Collections.Generic;
using System.Linq;

namespace Chain.Cli.Terminal;

/// <summary>Words as a POSIX shell reads them back unchanged.</summary>
internal static class ShellQuote
{
    private const string Plain = "-_./:@=,+%…";

    /// <summary>The word itself where no character has a meaning to the shell, else in single quotes.</summary>
    public static string Word(string text)
    {
        bool isPlain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal));
        return isPlain ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A whole command on one line.</summary>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Word));
}
