using System;

namespace Chain.Primitives.Blocks;

/// <summary>Position of a block in the chain; the first is the genesis' initial height, usually 1. 0 is "before the chain".</summary>
public readonly record struct Height(long Value) : IComparable<Height>
{
    public Height Next => new(Value + 1);

    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.NumberFormatInfo.InvariantInfo);

    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;
}
