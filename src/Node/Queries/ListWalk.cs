using System;
using System.Text.Json;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>How a list finds, filters and shows its objects.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Name">Of the list in the answer, such as <c>orders</c>.</param>
/// <param name="Prefix">Start of the keys.</param>
/// <param name="Decode">Reads a stored value.</param>
/// <param name="Matches">The filter.</param>
/// <param name="Write">Writes the object's fields.</param>
internal sealed record ListWalk<T>(
    string Name, byte[] Prefix, ListWalk<T>.Decoder Decode, Func<T, bool> Matches, Action<Utf8JsonWriter, T> Write)
{
    /// <summary>The store that holds them.</summary>
    public StoreId Store { get; init; } = StoreId.Market;

    /// <summary>Writes what stands in the key, after its first byte, and not in the value; null for nothing.</summary>
    public Action<Utf8JsonWriter, byte[]>? WriteKey { get; init; }

    /// <summary>Records that one query may read: what a filter skips costs as much as what it shows.</summary>
    private const int RecordsReadMax = 5_000;

    public delegate bool Decoder(ReadOnlySpan<byte> bytes, out T value, out DecodeError error);

    /// <summary>
    /// One page: <c>{NAME: […], next_cursor: …}</c>. The cursor goes into the next query as it came and is empty at the end. A page
    /// may hold fewer objects than asked for, even none, and still have a cursor: that is where the walk ran out of budget.
    /// </summary>
    public QueryAnswer Answer(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryNumberOption("limit", out ulong? limit)) return QueryAnswer.Bad("limit is no number");
        int countMax = (int)Math.Clamp(limit ?? QueryArguments.LimitDefault, 1, QueryArguments.LimitMax);
        byte[] from = Prefix;
        if (arguments.Option("cursor") is { Length: > 0 } cursor)
        {
            bool isOurs = Hex.TryDecode(cursor, out from) && from.AsSpan().StartsWith(Prefix);
            if (!isOurs) return QueryAnswer.Bad("cursor is not one of this list");
        }
        return QueryAnswer.Object(writer =>
        {
            int read = 0;
            int written = 0;
            string next = "";
            writer.WriteStartArray(Name);
            foreach ((byte[] key, byte[] value) in state.Range(Store, from, Schema.RangeEnd(Prefix)))
            {
                if (written == countMax || read == RecordsReadMax)
                {
                    next = Hex.Lower(key);
                    break;
                }
                read++;
                bool isCanonical = Decode(value, out T item, out _);
                Invariant.Holds(isCanonical, "a stored object is canonical");
                if (!Matches(item)) continue;
                written++;
                writer.WriteStartObject();
                WriteKey?.Invoke(writer, key[1..]);
                Write(writer, item);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteString("next_cursor", next);
        });
    }
}
