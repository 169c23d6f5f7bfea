using System;

namespace Chain.Primitives.Bytes;

/// <summary>Bech32 (BIP-173): base 32 with a checksum that finds every error of up to four characters.</summary>
public static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private const int TextLengthMax = 90;
    private static ReadOnlySpan<uint> Generator => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    public static string Encode(string prefix, ReadOnlySpan<byte> bytes)
    {
        int length = prefix.Length + 1 + (((bytes.Length * 8) + 4) / 5) + ChecksumLength;
        Invariant.Holds(length <= TextLengthMax, "a Bech32 text has at most 90 characters");
        Span<char> text = stackalloc char[length];
        prefix.CopyTo(text);
        text[prefix.Length] = '1';
        int place = prefix.Length + 1;
        uint checksum = Start(prefix);
        uint pending = 0;
        int bits = 0;
        foreach (byte value in bytes)
        {
            pending = ((pending << 8) | value) & 0xfff;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[place++] = Digit((pending >> bits) & 31, ref checksum);
            }
        }
        if (bits > 0) text[place++] = Digit((pending << (5 - bits)) & 31, ref checksum);
        for (int i = 0; i < ChecksumLength; i++) checksum = Step(checksum, 0);
        checksum ^= 1;
        for (int i = 0; i < ChecksumLength; i++) text[place++] = Alphabet[(int)((checksum >> (5 * (5 - i))) & 31)];
        return new string(text);
    }

    /// <summary>Fills <paramref name="destination"/> exactly; false on another prefix, mixed case, bad checksum or padding.</summary>
    public static bool TryDecode(string prefix, string text, Span<byte> destination)
    {
        int dataStart = prefix.Length + 1;
        int digits = ((destination.Length * 8) + 4) / 5;
        if (text.Length > TextLengthMax || text.Length != dataStart + digits + ChecksumLength) return false;
        // Before lower-casing: the Kelvin sign would become a k.
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~')) return false;
        string lower = text.ToLowerInvariant();
        bool isMixedCase = text.AsSpan().ContainsAnyInRange('a', 'z') && text.AsSpan().ContainsAnyInRange('A', 'Z');
        if (isMixedCase) return false;
        if (!lower.StartsWith(prefix, StringComparison.Ordinal) || lower[prefix.Length] != '1') return false;

        uint checksum = Start(prefix);
        uint pending = 0;
        int bits = 0;
        int written = 0;
        for (int i = dataStart; i < lower.Length; i++)
        {
            int digit = Alphabet.IndexOf(lower[i], StringComparison.Ordinal);
            if (digit < 0) return false;
            checksum = Step(checksum, (uint)digit);
            if (i >= dataStart + digits) continue;
            pending = ((pending << 5) | (uint)digit) & 0xfff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            destination[written++] = (byte)((pending >> bits) & 0xff);
        }
        bool paddingIsZero = (pending & ((1u << bits) - 1)) == 0;
        return checksum == 1 && paddingIsZero && written == destination.Length;
    }

    private static uint Start(string prefix)
    {
        uint checksum = 1;
        foreach (char c in prefix) checksum = Step(checksum, (uint)c >> 5);
        checksum = Step(checksum, 0);
        foreach (char c in prefix) checksum = Step(checksum, (uint)c & 31);
        return checksum;
    }

    private static uint Step(uint checksum, uint value)
    {
        uint top = checksum >> 25;
        checksum = ((checksum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < Generator.Length; i++)
        {
            if (((top >> i) & 1) != 0) checksum ^= Generator[i];
        }
        return checksum;
    }

    private static char Digit(uint digit, ref uint checksum)
    {
        checksum = Step(checksum, digit);
        return Alphabet[(int)digit];
    }
}
