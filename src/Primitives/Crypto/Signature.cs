using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chain.Primitives.Bytes;

namespace Chain.Primitives.Crypto;

/// <summary>An Ed25519 signature: 64 bytes, R then S.</summary>
[InlineArray(Size)]
public struct Signature : IEquatable<Signature>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 64;

    private byte _first;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => this;

    /// <summary>Copies exactly 64 bytes; any other length is a broken invariant of the caller.</summary>
    public static Signature From(ReadOnlySpan<byte> bytes)
    {
        Invariant.Holds(bytes.Length == Size, "a signature has 64 bytes");
        Signature signature = default;
        bytes.CopyTo(signature);
        return signature;
    }

    public readonly byte[] ToArray() => Span.ToArray();

    public readonly bool Equals(Signature other) => Span.SequenceEqual(other.Span);

    public override readonly bool Equals(object? obj) => obj is Signature other && Equals(other);

    public override readonly int GetHashCode() => FixedBytes.TableHash(Span);

    public override readonly string ToString() => Hex.Upper(Span);

    public static bool operator ==(Signature left, Signature right) => left.Equals(right);

    public static bool operator !=(Signature left, Signature right) => !left.Equals(right);
}
