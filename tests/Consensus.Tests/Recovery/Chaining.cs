using System;

namespace Chain.Consensus.Tests.Recovery;

internal static class Chaining
{
    /// <summary>Does something with a value and returns it.</summary>
    public static T Also<T>(this T value, Action<T> action)
    {
        action(value);
        return value;
    }
}
