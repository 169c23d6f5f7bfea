using System;
using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;

namespace Chain.Node.Queries.Json;

/// <summary>
/// How the state's values stand in JSON: 64-bit integers as strings, addresses in bech32, hashes in lower-case hex, enumerations
/// in snake case, market times in seconds.
/// </summary>
internal static class ObjectFields
{
    public static void Address(this Utf8JsonWriter writer, string name, in Address address) =>
        writer.WriteString(name, address.ToString());

    /// <summary>The zero hash stands for "none yet" and is written empty.</summary>
    public static void Hash(this Utf8JsonWriter writer, string name, in Hash256 hash) =>
        writer.WriteString(name, hash.IsZero ? "" : Hex.Lower(hash.Span));

    public static void Enum<T>(this Utf8JsonWriter writer, string name, T value)
        where T : struct, Enum =>
        writer.WriteString(name, SnakeCase.Of(value));

    public static void Time(this Utf8JsonWriter writer, string name, MarketTime time) => writer.UInt64(name, time.Seconds);
}
