using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chain.Primitives.Bytes;

namespace Chain.Primitives.Crypto;

/// <summary>An Ed25519 public key: 32 bytes.</summary>
[InlineArray(Size)]
public struct PublicKey : IEquatable<PublicKey>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private byte _first;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => this;

    /// <summary>First 20 bytes of SHA-256 of the key, as in CometBFT.</summary>
    public readonly Address Address => Address.From(Sha256.Hash(Span).Span[..Address.Size]);

    /// <summary>Copies exactly 32 bytes; any other length is a broken invariant of the caller.</summary>
    public static PublicKey From(ReadOnlySpan<byte> bytes)
    {
        Invariant.Holds(bytes.Length == Size, "a public key has 32 bytes");
        PublicKey key = default;
        bytes.CopyTo(key);
        return key;
    }

    public readonly byte[] ToArray() => Span.ToArray();

    public readonly bool Equals(PublicKey other) => Span.SequenceEqual(other.Span);

    public override readonly bool Equals(object? obj) => obj is PublicKey other && Equals(other);

    public override readonly int GetHashCode() => FixedBytes.TableHash(Span);

    public override readonly string ToString() => Hex.Upper(Span);

    public static bool operator ==(PublicKey left, PublicKey right) => left.Equals(right);

    public static bool operator !=(PublicKey left, PublicKey right) => !left.Equals(right);
}
