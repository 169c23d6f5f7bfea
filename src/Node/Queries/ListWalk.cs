using System;
using System.Text.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>
/// Pages through the objects under a key prefix of the market store. The answer is <c>{NAME: […], next_cursor: …}</c>; the
/// cursor goes into the next query as it came and is empty at the end.
/// </summary>
internal static class ListWalk
{
    /// <summary>Records that one query may read: what a filter skips costs as much as what it shows.</summary>
    public const int RecordsReadMax = 5_000;

    /// <summary>Decodes a stored value and writes it when the filter lets it through.</summary>
    /// <returns>True when it was written.</returns>
    public delegate bool Visit(ReadOnlySpan<byte> value, Utf8JsonWriter writer);

    public static QueryAnswer Answer(IStateReader state, QueryArguments arguments, string name, byte[] prefix, Visit visit)
    {
        if (!arguments.TryNumberOption("limit", out ulong? limit)) return Bad("limit is no number");
        int countMax = (int)Math.Clamp(limit ?? QueryArguments.LimitDefault, 1, QueryArguments.LimitMax);
        byte[] from = prefix;
        if (arguments.Option("cursor") is { Length: > 0 } cursor)
        {
            if (!Hex.TryDecode(cursor, out from) || !from.AsSpan().StartsWith(prefix)) return Bad("cursor is not one of this list");
        }
        return QueryAnswer.Object(writer =>
        {
            int read = 0;
            int written = 0;
            string next = "";
            writer.WriteStartArray(name);
            foreach ((byte[] key, byte[] value) in state.Range(StoreId.Market, from, Schema.RangeEnd(prefix)))
            {
                if (written == countMax || read == RecordsReadMax)
                {
                    next = Hex.Lower(key);
                    break;
                }
                read++;
                if (visit(value, writer)) written++;
            }
            writer.WriteEndArray();
            writer.WriteString("next_cursor", next);
        });
    }

    public static QueryAnswer Bad(string why) => QueryAnswer.Fail(ResultCode.NotCanonical, why);
}
