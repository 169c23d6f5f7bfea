using System.Collections.Generic;
using System.Text;

namespace Chain.Cli.Tests.Documents;

/// <summary>The words of a command as a shell splits them: quotes hold together, what follows '#' or '&lt;' is no part of it.</summary>
internal static class CommandLineWords
{
    public static string[] Of(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word!.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                word ??= new StringBuilder();
            }
            else if (char.IsWhiteSpace(c))
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
            }
            else if (word is null && c is '#' or '<' or '|' or '&' or ';')
            {
                return [.. words];
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }
        if (word is not null) words.Add(word.ToString());
        return [.. words];
    }
}
