using System;
using System.Collections.Generic;
using System.IO;

namespace Chain.Tidy.Tests;

/// <summary>The pure projects compute the same everywhere: integers only, and never the order of a hash table.</summary>
public sealed class PureCodeTests
{
    [Theory]
    [InlineData("Chain.Primitives")]
    [InlineData("Chain.Consensus")]
    [InlineData("Chain.StateMachine")]
    public void Pure_assembly_has_no_floating_point_and_enumerates_no_hash_table(string assembly)
    {
        Offenders.None(IlScan.Offences(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
    }

    [Fact]
    public void Scan_finds_what_it_looks_for()
    {
        IReadOnlyList<string> offences = IlScan.Offences(typeof(PureCodeTests).Assembly.Location, nameof(Offender));
        Assert.Contains(offences, offence => offence.EndsWith("Half: System.Double", StringComparison.Ordinal));
        Assert.Contains(offences, offence => offence.EndsWith("Half: ldc.r8", StringComparison.Ordinal));
        Assert.Contains(offences, offence => offence.EndsWith("Price: System.Decimal", StringComparison.Ordinal));
        Assert.Contains(offences, offence => offence.EndsWith("by GetEnumerator", StringComparison.Ordinal));
        Assert.Contains(offences, offence => offence.EndsWith("by get_Values", StringComparison.Ordinal));
        Assert.DoesNotContain(offences, offence => offence.Contains("Sorted", StringComparison.Ordinal));
    }

    /// <summary>Does everything that the pure projects must not do.</summary>
    private static class Offender
    {
        public static decimal Price { get; } = 1;

        public static double Half(int value) => value * 0.5;

        public static int SumOf(Dictionary<int, int> table, HashSet<int> set)
        {
            int sum = 0;
            foreach (int value in table.Values) sum += value;
            foreach (int value in set) sum += value;
            return sum;
        }

        public static int SumOfSorted(SortedDictionary<int, int> table)
        {
            int sum = 0;
            foreach ((int _, int value) in table) sum += value;
            return sum;
        }
    }
}
