using System;
using System.Text;

namespace Chain.Node.Queries;

/// <summary>Names of enumeration values as JSON carries them: <c>NoShowTenant</c> is <c>no_show_tenant</c>.</summary>
internal static class SnakeCase
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        StringBuilder text = new(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
