using System;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Rpc.Json;

/// <summary>
/// Fields as CometBFT writes them: 64-bit integers as strings, HexBytes as upper-case hex, byte slices as base64 with null
/// for an empty one, times as RFC 3339 with nanoseconds.
/// </summary>
internal static class JsonFields
{
    /// <summary>Writes '+' and '&lt;' as they are: answers are served as JSON only, never inside HTML.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int DigitsMax = 20;

    public static void Int64(this Utf8JsonWriter writer, string name, long value)
    {
        Span<byte> digits = stackalloc byte[DigitsMax];
        Utf8Formatter.TryFormat(value, digits, out int length);
        writer.WriteString(name, digits[..length]);
    }

    public static void UInt64(this Utf8JsonWriter writer, string name, ulong value)
    {
        Span<byte> digits = stackalloc byte[DigitsMax];
        Utf8Formatter.TryFormat(value, digits, out int length);
        writer.WriteString(name, digits[..length]);
    }

    public static void HexUpper(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> bytes) =>
        writer.WriteString(name, Hex.Upper(bytes));

    public static void Base64(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) writer.WriteNull(name);
        else writer.WriteBase64String(name, bytes);
    }

    public static void Time(this Utf8JsonWriter writer, string name, Timestamp time) =>
        writer.WriteString(name, time.ToString());
}
