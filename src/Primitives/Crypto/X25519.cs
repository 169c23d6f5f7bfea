using System;

namespace Chain.Primitives.Crypto;

/// <summary>X25519 (RFC 7748) through libsodium: the Diffie-Hellman function of Curve25519. Scalars are clamped by the function.</summary>
public static class X25519
{
    /// <summary>Bytes of a scalar, of a public value and of a shared secret.</summary>
    public const int Size = 32;

    /// <summary>The public value that belongs to 32 secret bytes.</summary>
    /// <param name="publicValue">32 bytes that receive it.</param>
    public static void DerivePublic(ReadOnlySpan<byte> secret, Span<byte> publicValue)
    {
        Invariant.Holds(secret.Length == Size && publicValue.Length == Size, "an X25519 value has 32 bytes");
        LibSodium.ScalarMultiplyBase(secret, publicValue);
    }

    /// <summary>
    /// The secret shared with the owner of a public value. False when it is all zero: the peer sent a point of small order,
    /// and anybody could know the secret (RFC 7748, section 6.1). Never throws on any 32 bytes of a peer.
    /// </summary>
    /// <param name="shared">32 bytes that receive it; all zero where this answers false.</param>
    public static bool TryAgree(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> peer, Span<byte> shared)
    {
        Invariant.Holds(
            secret.Length == Size && peer.Length == Size && shared.Length == Size, "an X25519 value has 32 bytes");
        bool agreed = LibSodium.TryScalarMultiply(secret, peer, shared);
        if (!agreed) shared.Clear();
        return agreed;
    }
}
