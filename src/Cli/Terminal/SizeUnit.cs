using System;
using System.Globalization;

namespace Chain.Cli.Terminal;

/// <summary>The unit in which the chain counts memory or storage, and how people write amounts of it.</summary>
/// <param name="Name">MiB or GiB.</param>
/// <param name="Mebibytes">How many MiB one unit has.</param>
internal sealed record SizeUnit(string Name, ulong Mebibytes)
{
    public static readonly SizeUnit Memory = new("MiB", 1);

    public static readonly SizeUnit Storage = new("GiB", 1024);

    private static readonly (string Suffix, ulong Mebibytes)[] Suffixes = [("MiB", 1), ("GiB", 1024), ("TiB", 1024 * 1024)];

    /// <summary>For help and errors.</summary>
    public string Form => Mebibytes == 1 ? "Write a size as 512MiB, 4GiB or a number of MiB." : "Write a size as 100GiB, 2TiB or a number of GiB.";

    /// <summary>Reads a number of units, or one with MiB, GiB or TiB that is a whole number of them.</summary>
    public bool TryParse(string text, out ulong units)
    {
        ulong one = Mebibytes;
        string number = text;
        foreach ((string suffix, ulong mebibytes) in Suffixes)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            one = mebibytes;
            number = text[..^suffix.Length].TrimEnd();
        }
        bool isNumber = ulong.TryParse(number, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong count);
        UInt128 all = (UInt128)count * one;
        units = isNumber && all / Mebibytes <= ulong.MaxValue ? (ulong)(all / Mebibytes) : 0;
        return isNumber && all % Mebibytes == 0 && all / Mebibytes <= ulong.MaxValue;
    }
}
