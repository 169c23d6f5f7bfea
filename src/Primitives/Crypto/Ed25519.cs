using System;
using NSec.Cryptography;
using ImportedKey = NSec.Cryptography.PublicKey;

namespace Chain.Primitives.Crypto;

/// <summary>
/// Ed25519 through NSec (libsodium). Its acceptance rule is the chain's, frozen: canonical encodings, no key or R of small order,
/// S &lt; L, cofactorless. What it accepts, every ZIP-215 verifier (CometBFT) accepts as well.
/// </summary>
public static class Ed25519
{
    /// <summary>Bytes of a seed, the secret from which a key pair is made (RFC 8032).</summary>
    public const int SeedSize = 32;

    /// <summary>True when the signature is the key's over the message. Never throws on any bytes.</summary>
    public static bool Verify(in PublicKey key, ReadOnlySpan<byte> message, in Signature signature) =>
        ImportedKey.TryImport(SignatureAlgorithm.Ed25519, key.Span, KeyBlobFormat.RawPublicKey, out ImportedKey? imported)
        && imported is not null
        && SignatureAlgorithm.Ed25519.Verify(imported, message, signature.Span);

    /// <summary>True for a canonical point of the prime-order group: the keys that verify alike in every library.</summary>
    public static bool IsValidKey(in PublicKey key) => Ed25519Point.IsValid(key.Span);

    /// <summary>Runs the 12 cases of ed25519-speccheck; false where the library judges one of them differently.</summary>
    public static bool SelfCheck(out string detail) => Ed25519SelfCheck.Run(out detail);
}
