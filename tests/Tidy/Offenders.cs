using System.Collections.Generic;

namespace Chain.Tidy.Tests;

internal static class Offenders
{
    /// <summary>Fails with the whole list, one a line, unless it is empty.</summary>
    public static void None(IEnumerable<string> offenders)
    {
        string list = string.Join("\n", offenders);
        Assert.True(list.Length == 0, list);
    }
}
