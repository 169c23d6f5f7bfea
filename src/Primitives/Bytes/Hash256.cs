using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Chain.Primitives.Bytes;

/// <summary>A SHA-256 digest: 32 bytes, compared by value, ordered as bytes. Prints as upper-case hex, as CometBFT does.</summary>
[InlineArray(Size)]
public struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private byte _first;

    /// <summary>The bytes themselves, without a copy.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => this;

    /// <summary>True for 32 zero bytes, the hash of an empty subtree and the mark of "no value".</summary>
    public readonly bool IsZero => !Span.ContainsAnyExcept((byte)0);

    /// <summary>Copies exactly 32 bytes; any other length is a broken invariant of the caller.</summary>
    public static Hash256 From(ReadOnlySpan<byte> bytes)
    {
        Invariant.Holds(bytes.Length == Size, "a hash has 32 bytes");
        Hash256 hash = default;
        bytes.CopyTo(hash);
        return hash;
    }

    /// <summary>Reads hex of either case; false unless it is exactly 64 digits.</summary>
    public static bool TryParse(string? hex, out Hash256 hash)
    {
        hash = default;
        return Hex.TryDecode(hex, hash);
    }

    public readonly byte[] ToArray() => Span.ToArray();

    public readonly bool Equals(Hash256 other) => Span.SequenceEqual(other.Span);

    public readonly int CompareTo(Hash256 other) => Span.SequenceCompareTo(other.Span);

    public override readonly bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    public override readonly int GetHashCode() => FixedBytes.TableHash(Span);

    public override readonly string ToString() => Hex.Upper(Span);

    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);

    public static bool operator <(Hash256 left, Hash256 right) => left.CompareTo(right) < 0;

    public static bool operator >(Hash256 left, Hash256 right) => left.CompareTo(right) > 0;

    public static bool operator <=(Hash256 left, Hash256 right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Hash256 left, Hash256 right) => left.CompareTo(right) >= 0;
}
