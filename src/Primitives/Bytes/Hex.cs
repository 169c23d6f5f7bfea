using System;
using System.Buffers;

namespace Chain.Primitives.Bytes;

/// <summary>Hexadecimal text. Writes upper case (CometBFT's HexBytes) or lower case; reads both.</summary>
public static class Hex
{
    public static string Upper(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    public static string Lower(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Fills <paramref name="destination"/> exactly; false on a wrong length or a digit that is none.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination) =>
        text.Length == destination.Length * 2
        && Convert.FromHexString(text, destination, out _, out int written) == OperationStatus.Done
        && written == destination.Length;

    /// <summary>Decodes text of any even length; false on an odd length or a digit that is none.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 2 != 0) return false;
        byte[] buffer = new byte[text.Length / 2];
        if (!TryDecode(text, buffer.AsSpan())) return false;
        bytes = buffer;
        return true;
    }
}
