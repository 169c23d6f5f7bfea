using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Chain.Node.Export;

/// <summary>
/// One line of a state file: a JSON object of texts, always the same names in the same order, without blanks. No value
/// holds a quote or a backslash, so that one line has one form.
/// </summary>
internal static class StateLine
{
    public static string Write(string[] names, params string[] values)
    {
        StringBuilder line = new("{");
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0) line.Append(',');
            line.Append('"').Append(names[i]).Append("\":\"").Append(values[i]).Append('"');
        }
        return line.Append('}').ToString();
    }

    /// <summary>The values in the order of their names; false for anything that <see cref="Write"/> does not give.</summary>
    public static bool TryRead(string[] names, string line, [NotNullWhen(true)] out string[]? values)
    {
        values = null;
        string[] parts = line.Split('"');
        if (parts.Length != (4 * names.Length) + 1 || line.Contains('\\', System.StringComparison.Ordinal)) return false;
        string[] found = new string[names.Length];
        for (int i = 0; i < found.Length; i++) found[i] = parts[(4 * i) + 3];
        if (Write(names, found) != line) return false;
        values = found;
        return true;
    }
}
