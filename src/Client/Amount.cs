using System;
using System.Globalization;

namespace Chain.Client;

/// <summary>
/// Money as people write it. Inside the chain an amount is a whole number of ncredit; one credit has 1,000,000,000 of them.
/// </summary>
public static class Amount
{
    /// <summary>ncredit in one credit.</summary>
    public const ulong NcreditPerCredit = 1_000_000_000;

    /// <summary>Digits after the point that an amount in credits may have.</summary>
    public const int Decimals = 9;

    private const string BaseUnit = "ncredit";
    private const string Unit = "credit";

    /// <summary>
    /// Reads <c>12.5</c>, <c>12.5credit</c>, <c>12.5credits</c> or <c>123ncredit</c>, with or without a space before the unit.
    /// False on more than nine decimals, a sign, or more than 64 bits: money is never rounded.
    /// </summary>
    public static bool TryParse(string? text, out ulong ncredit)
    {
        ncredit = 0;
        if (text is null) return false;
        ReadOnlySpan<char> number = text.AsSpan().Trim();
        if (number.EndsWith(BaseUnit, StringComparison.Ordinal))
        {
            return TryParseDigits(number[..^BaseUnit.Length].TrimEnd(), out ncredit);
        }
        if (number.EndsWith(Unit + "s", StringComparison.Ordinal)) number = number[..^(Unit.Length + 1)].TrimEnd();
        else if (number.EndsWith(Unit, StringComparison.Ordinal)) number = number[..^Unit.Length].TrimEnd();

        int dot = number.IndexOf('.');
        ReadOnlySpan<char> fraction = dot >= 0 ? number[(dot + 1)..] : default;
        if (dot >= 0 && fraction.Length is 0 or > Decimals) return false;
        ReadOnlySpan<char> whole = dot >= 0 ? number[..dot] : number;
        if (!TryParseDigits(whole, out ulong credits)) return false;
        ulong rest = 0;
        if (fraction.Length > 0 && !TryParseDigits(fraction, out rest)) return false;
        for (int i = fraction.Length; i < Decimals; i++) rest *= 10;
        UInt128 total = ((UInt128)credits * NcreditPerCredit) + rest;
        if (total > ulong.MaxValue) return false;
        ncredit = (ulong)total;
        return true;
    }

    /// <summary>Credits with the decimals that are needed and no more: <c>12.5</c>. Exact.</summary>
    public static string Format(UInt128 ncredit)
    {
        UInt128 whole = ncredit / NcreditPerCredit;
        ulong rest = (ulong)(ncredit % NcreditPerCredit);
        string text = whole.ToString(NumberFormatInfo.InvariantInfo);
        if (rest == 0) return text;
        return text + "." + rest.ToString("D9", NumberFormatInfo.InvariantInfo).TrimEnd('0');
    }

    /// <summary>As <see cref="Format"/> with the unit: <c>12.5 credits</c>.</summary>
    public static string FormatWithUnit(UInt128 ncredit) =>
        Format(ncredit) + (ncredit == NcreditPerCredit ? " credit" : " credits");

    private static bool TryParseDigits(ReadOnlySpan<char> digits, out ulong value) =>
        ulong.TryParse(digits, NumberStyles.None, NumberFormatInfo.InvariantInfo, out value);
}
