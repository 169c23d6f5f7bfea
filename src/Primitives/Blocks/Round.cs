using System;

namespace Chain.Primitives.Blocks;

/// <summary>Attempt to decide a height, from 0. −1 (<see cref="None"/>) stands for "no round", as in POLRound.</summary>
public readonly record struct Round(int Value) : IComparable<Round>
{
    public static readonly Round None = new(-1);

    public static readonly Round Zero = new(0);

    public Round Next => new(Value + 1);

    public int CompareTo(Round other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.NumberFormatInfo.InvariantInfo);

    public static bool operator <(Round left, Round right) => left.Value < right.Value;

    public static bool operator >(Round left, Round right) => left.Value > right.Value;

    public static bool operator <=(Round left, Round right) => left.Value <= right.Value;

    public static bool operator >=(Round left, Round right) => left.Value >= right.Value;
}
