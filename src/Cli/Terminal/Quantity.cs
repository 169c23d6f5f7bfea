using System;
using System.Globalization;
using System.Text;
using Chain.Client;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Terminal;

/// <summary>The one form in which people read money, times, lengths of time and ratios. Exact: nothing is rounded.</summary>
internal static class Quantity
{
    private static readonly (ulong Seconds, char Letter)[] Units = [(86_400, 'd'), (3_600, 'h'), (60, 'm'), (1, 's')];

    public static string Format(FieldForm form, UInt128 value) => form switch
    {
        FieldForm.Credits => value == ulong.MaxValue ? "no limit" : Amount.FormatWithUnit(value),
        FieldForm.Rate => Rate(value),
        FieldForm.FeePerWork => $"{Amount.FormatWithUnit(value)} for each unit of work",
        FieldForm.Time => Time(value),
        FieldForm.Seconds => Duration(value),
        FieldForm.Milliseconds => value % 1000 == 0 ? Duration(value / 1000) : $"{Digits(value)}ms",
        FieldForm.BasisPoints => $"{Decimal(value, 2)} %",
        FieldForm.PartsPerMillion => $"{Decimal(value, 4)} %",
        FieldForm.Millionths => Decimal(value, 6),
        FieldForm.Hundredths => Decimal(value, 2),
        _ => Digits(value),
    };

    /// <summary>The value alone, for a column whose heading has the unit.</summary>
    public static string FormatInColumn(FieldForm form, UInt128 value) => form switch
    {
        FieldForm.Credits when value != ulong.MaxValue => Amount.Format(value),
        FieldForm.Rate => Amount.Format(value),
        FieldForm.BasisPoints => $"{Decimal(value, 2)}%",
        _ => Format(form, value),
    };

    /// <summary>A block's time to the second.</summary>
    public static string Time(Timestamp time) => Time((UInt128)Math.Max(0, time.Seconds));

    private static string Rate(UInt128 ncreditPerSecond) =>
        $"{Amount.Format(ncreditPerSecond)} credits/s ({Amount.Format(ncreditPerSecond * 3600)} credits/h)";

    private static string Time(UInt128 seconds)
    {
        if (seconds == 0) return "-";
        if (seconds == ulong.MaxValue) return "never";
        // The last second of year 9999, which a date can have.
        if (seconds > 253_402_300_799) return $"second {Digits(seconds)}";
        return DateTime.UnixEpoch.AddSeconds((long)seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", DateTimeFormatInfo.InvariantInfo);
    }

    /// <summary>As <see cref="Values.TryParseSeconds"/> reads it back.</summary>
    private static string Duration(UInt128 seconds)
    {
        if (seconds == 0) return "0s";
        if (seconds == ulong.MaxValue) return "forever";
        StringBuilder text = new();
        foreach ((ulong unit, char letter) in Units)
        {
            if (seconds < unit) continue;
            text.Append(Digits(seconds / unit)).Append(letter);
            seconds %= unit;
        }
        return text.ToString();
    }

    private static string Decimal(UInt128 value, int places)
    {
        UInt128 one = 1;
        for (int i = 0; i < places; i++) one *= 10;
        string rest = Digits(value % one).PadLeft(places, '0').TrimEnd('0');
        return rest.Length == 0 ? Digits(value / one) : $"{Digits(value / one)}.{rest}";
    }

    private static string Digits(UInt128 value) => value.ToString(NumberFormatInfo.InvariantInfo);
}
