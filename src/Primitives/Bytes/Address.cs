using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Chain.Primitives.Bytes;

/// <summary>
/// The first 20 bytes of SHA-256 of a public key. Accounts print as bech32 with prefix <c>chain</c>; validators print as
/// upper-case hex, as CometBFT does.
/// </summary>
[InlineArray(Size)]
public struct Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    /// <summary>Human-readable part of the bech32 form.</summary>
    public const string Prefix = "chain";

    private byte _first;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => this;

    /// <summary>True for the address of nobody.</summary>
    public readonly bool IsZero => !Span.ContainsAnyExcept((byte)0);

    /// <summary>Copies exactly 20 bytes; any other length is a broken invariant of the caller.</summary>
    public static Address From(ReadOnlySpan<byte> bytes)
    {
        Invariant.Holds(bytes.Length == Size, "an address has 20 bytes");
        Address address = default;
        bytes.CopyTo(address);
        return address;
    }

    /// <summary>Reads the bech32 form or 40 hex digits; false for anything else.</summary>
    public static bool TryParse(string? text, out Address address)
    {
        address = default;
        return text is not null && (Hex.TryDecode(text, address) || Bech32.TryDecode(Prefix, text, address));
    }

    /// <summary>The bech32 form, for people.</summary>
    public override readonly string ToString() => Bech32.Encode(Prefix, Span);

    /// <summary>40 upper-case hex digits, as CometBFT prints validator addresses.</summary>
    public readonly string ToHex() => Hex.Upper(Span);

    public readonly byte[] ToArray() => Span.ToArray();

    public readonly bool Equals(Address other) => Span.SequenceEqual(other.Span);

    public readonly int CompareTo(Address other) => Span.SequenceCompareTo(other.Span);

    public override readonly bool Equals(object? obj) => obj is Address other && Equals(other);

    public override readonly int GetHashCode() => FixedBytes.TableHash(Span);

    public static bool operator ==(Address left, Address right) => left.Equals(right);

    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
