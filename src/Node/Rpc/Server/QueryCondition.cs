using System;
using System.Collections.Generic;
using System.Globalization;

namespace Chain.Node.Rpc.Server;

/// <summary>One condition of a query.</summary>
/// <param name="Value">The text or the number to compare with; empty for <see cref="QueryOperator.Exists"/>.</param>
/// <param name="Number">The value where it is one.</param>
internal readonly record struct QueryCondition(string Key, QueryOperator Operator, string Value, Int128? Number)
{
    /// <summary>True when one of the values of the key fits.</summary>
    public bool Matches(IReadOnlyDictionary<string, List<string>> events)
    {
        if (!events.TryGetValue(Key, out List<string>? values)) return false;
        foreach (string value in values)
        {
            if (Fits(value)) return true;
        }
        return false;
    }

    private bool Fits(string value)
    {
        if (Operator == QueryOperator.Exists) return true;
        if (Operator == QueryOperator.Contains) return value.Contains(Value, StringComparison.Ordinal);
        if (Operator == QueryOperator.Equal && value == Value) return true;
        if (Number is not { } number || !TryNumber(value, out Int128 other)) return false;
        return Operator switch
        {
            QueryOperator.Equal => other == number,
            QueryOperator.Less => other < number,
            QueryOperator.LessOrEqual => other <= number,
            QueryOperator.Greater => other > number,
            _ => other >= number,
        };
    }

    public static bool TryNumber(string text, out Int128 number) =>
        Int128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
