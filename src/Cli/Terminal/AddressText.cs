using System;
using System.Linq;
using Chain.Primitives.Bytes;

namespace Chain.Cli.Terminal;

/// <summary>What is wrong with a text that should be an address.</summary>
internal static class AddressText
{
    private const string Start = Address.Prefix + "1";

    /// <summary>The 32 characters that stand for five bits each.</summary>
    private const string Characters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    private static readonly int Length = default(Address).ToString().Length;

    /// <summary>True for what begins like an address, or is hex of about its length; a name of a key is neither.</summary>
    public static bool IsMeant(string text) =>
        text.StartsWith(Start, StringComparison.OrdinalIgnoreCase) || (text.Length is >= 32 and <= 64 && text.All(char.IsAsciiHexDigit));

    /// <summary>Null for an address; else what is wrong, with the place where that can be told.</summary>
    public static string? Fault(string text)
    {
        if (Address.TryParse(text, out _)) return null;
        if (!text.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return $"An address has 40 hex digits, or begins with {Start}; this has {text.Length} characters.";
        }
        if (text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower)) return "Upper and lower case do not mix in an address.";
        for (int i = Start.Length; i < text.Length; i++)
        {
            if (Characters.Contains(char.ToLowerInvariant(text[i]), StringComparison.Ordinal)) continue;
            return $"The character '{text[i]}' at place {i + 1} never stands in an address.";
        }
        return text.Length == Length
            ? "Its checksum is wrong: some character was mistyped."
            : $"An address has {Length} characters; this has {text.Length}.";
    }
}
