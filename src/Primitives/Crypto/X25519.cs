using System;
using NSec.Cryptography;
using ImportedKey = NSec.Cryptography.PublicKey;

namespace Chain.Primitives.Crypto;

/// <summary>
/// X25519 (RFC 7748) through NSec (libsodium): the Diffie-Hellman function of Curve25519. Scalars are clamped by the function.
/// </summary>
public static class X25519
{
    /// <summary>Bytes of a scalar, of a public value and of a shared secret.</summary>
    public const int Size = 32;

    private static SharedSecretCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    /// <summary>The public value that belongs to 32 secret bytes.</summary>
    /// <param name="publicValue">32 bytes that receive it.</param>
    public static void DerivePublic(ReadOnlySpan<byte> secret, Span<byte> publicValue)
    {
        Invariant.Holds(secret.Length == Size && publicValue.Length == Size, "an X25519 value has 32 bytes");
        using Key key = Import(secret);
        key.PublicKey.Export(KeyBlobFormat.RawPublicKey).CopyTo(publicValue);
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
        shared.Clear();
        using Key key = Import(secret);
        if (!ImportedKey.TryImport(KeyAgreementAlgorithm.X25519, peer, KeyBlobFormat.RawPublicKey, out ImportedKey? other) || other is null) return false;
        using SharedSecret? agreed = KeyAgreementAlgorithm.X25519.Agree(key, other, Exportable);
        return agreed is not null && agreed.TryExport(SharedSecretBlobFormat.RawSharedSecret, shared, out _);
    }

    private static Key Import(ReadOnlySpan<byte> secret) => Key.Import(KeyAgreementAlgorithm.X25519, secret, KeyBlobFormat.RawPrivateKey);
}
