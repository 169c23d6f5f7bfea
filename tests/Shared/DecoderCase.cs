using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Chain.Primitives.Codec;

namespace Chain.Tests.Shared;

/// <summary>One decoder with samples that it accepts, and what must hold of whatever else it is given.</summary>
internal sealed record DecoderCase
{
    public delegate bool Decode<T>(ReadOnlySpan<byte> bytes, out T value, out DecodeError error);

    public delegate bool Parse<T>(string text, out T value);

    /// <summary>Type and method, as in <c>Block.TryDecode</c>.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<byte[]> Samples { get; init; }

    /// <summary>Decodes: true when the bytes are accepted. Throws when a law does not hold.</summary>
    public required Func<byte[], bool> Accepts { get; init; }

    /// <summary>Inner decoders that this one calls and that are decoders by their form as well.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    /// <summary>False where a prefix of a good input may be a good input too.</summary>
    public bool IsSelfDelimiting { get; init; }

    /// <summary>Why bytes are refused; null for a decoder of something without a version.</summary>
    public Func<byte[], DecodeCode>? RefusalOf { get; init; }

    /// <summary>A type with one encoding: whatever is accepted encodes to the same bytes, a refusal says where.</summary>
    public static DecoderCase Canonical<T>(Decode<T> decode, Func<T, byte[]> encode, params byte[][] samples) => new()
    {
        Name = NameOf(decode),
        Samples = samples,
        IsSelfDelimiting = true,
        Accepts = bytes =>
        {
            if (decode(bytes, out T value, out DecodeError error))
            {
                Assert.False(error.IsError);
                Assert.True(encode(value).AsSpan().SequenceEqual(bytes), "accepted, but encoded otherwise");
                return true;
            }
            Assert.True(error.IsError && error.Offset >= 0 && error.Offset <= bytes.Length, $"refused with {error}");
            return false;
        },
    };

    /// <summary>A canonical type whose version stands first in its array: an unknown one is refused as such.</summary>
    public static DecoderCase Versioned<T>(Decode<T> decode, Func<T, byte[]> encode, params byte[][] samples) =>
        Canonical(decode, encode, samples) with
        {
            RefusalOf = bytes => decode(bytes, out _, out DecodeError error) ? DecodeCode.None : error.Code,
        };

    /// <summary>A text with several spellings: what is read, once written, reads as the same value.</summary>
    public static DecoderCase Text<T>(Parse<T> parse, Func<T, string> write, params string[] samples) => new()
    {
        Name = NameOf(parse),
        Samples = BytesOf(samples),
        Accepts = bytes =>
        {
            if (!parse(TextOf(bytes), out T value)) return false;
            string written = write(value);
            Assert.True(parse(written, out T again) && Equals(again, value), $"read, but its writing '{written}' reads otherwise");
            return true;
        },
    };

    /// <summary>The text of mutated bytes; what is no UTF-8 becomes replacement characters, as it does on its way in.</summary>
    public static string TextOf(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public static byte[][] BytesOf(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    public override string ToString() => Name;

    private static string NameOf(Delegate decoder) => $"{decoder.Method.DeclaringType!.Name}.{decoder.Method.Name}";
}
