using System;
using System.Runtime.InteropServices;

namespace Chain.Primitives.Crypto;

/// <summary>The calls of libsodium that this project uses. Changing this file alone swaps the library.</summary>
internal static unsafe partial class LibSodium
{
    public const int SecretKeySize = 64;

    /// <summary>Bytes of an Argon2id salt.</summary>
    public const int SaltSize = 16;

    /// <summary>Bytes of an XChaCha20-Poly1305 nonce.</summary>
    public const int NonceSize = 24;

    /// <summary>Bytes of an XChaCha20-Poly1305 key.</summary>
    public const int CipherKeySize = 32;

    /// <summary>Bytes that sealing adds to a plain text.</summary>
    public const int TagSize = 16;

    private const string Library = "libsodium.so.23";

    /// <summary><c>crypto_pwhash_ALG_ARGON2ID13</c>.</summary>
    private const int Argon2Id = 2;

    static LibSodium() => Invariant.Holds(sodium_init() >= 0, "libsodium starts");

    public static bool Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        fixed (byte* s = signature, m = message, k = key)
        {
            return crypto_sign_ed25519_verify_detached(s, m, (ulong)message.Length, k) == 0;
        }
    }

    public static void Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey, Span<byte> signature)
    {
        fixed (byte* s = signature, m = message, k = secretKey)
        {
            int result = crypto_sign_ed25519_detached(s, null, m, (ulong)message.Length, k);
            Invariant.Holds(result == 0, "libsodium signs");
        }
    }

    public static void DeriveKeyPair(ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> secretKey)
    {
        fixed (byte* s = seed, p = publicKey, k = secretKey)
        {
            Invariant.Holds(crypto_sign_ed25519_seed_keypair(p, k, s) == 0, "libsodium derives a key pair");
        }
    }

    public static bool IsValidPoint(ReadOnlySpan<byte> point)
    {
        fixed (byte* p = point) return crypto_core_ed25519_is_valid_point(p) == 1;
    }

    /// <summary>X25519; false when the result is all zero.</summary>
    public static bool TryScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result)
    {
        fixed (byte* n = scalar, p = point, q = result) return crypto_scalarmult_curve25519(q, n, p) == 0;
    }

    /// <summary>X25519 with the base point.</summary>
    public static void ScalarMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result)
    {
        fixed (byte* n = scalar, q = result)
        {
            Invariant.Holds(crypto_scalarmult_curve25519_base(q, n) == 0, "libsodium multiplies the base point");
        }
    }

    /// <summary>Argon2id. False when the machine lacks the memory or the costs are outside the library's range.</summary>
    public static bool DeriveFromPassphrase(
        ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, ulong operations, ulong memoryBytes, Span<byte> key)
    {
        fixed (byte* p = passphrase, s = salt, k = key)
        {
            return crypto_pwhash(
                k, (ulong)key.Length, p, (ulong)passphrase.Length, s, operations, (nuint)memoryBytes, Argon2Id) == 0;
        }
    }

    /// <summary>XChaCha20-Poly1305. <paramref name="sealed"/> is <see cref="TagSize"/> longer than the plain text.</summary>
    public static void Seal(
        ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key, Span<byte> @sealed)
    {
        fixed (byte* m = plain, a = bound, n = nonce, k = key, c = @sealed)
        {
            int result = crypto_aead_xchacha20poly1305_ietf_encrypt(
                c, null, m, (ulong)plain.Length, a, (ulong)bound.Length, null, n, k);
            Invariant.Holds(result == 0, "libsodium seals");
        }
    }

    /// <summary>Reverses <see cref="Seal"/>; false for another key or changed bytes.</summary>
    public static bool Unseal(
        ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key, Span<byte> plain)
    {
        fixed (byte* c = @sealed, a = bound, n = nonce, k = key, m = plain)
        {
            return crypto_aead_xchacha20poly1305_ietf_decrypt(
                m, null, null, c, (ulong)@sealed.Length, a, (ulong)bound.Length, n, k) == 0;
        }
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial int crypto_pwhash(
        byte* key, ulong keyLength, byte* passphrase, ulong passphraseLength, byte* salt,
        ulong operations, nuint memoryBytes, int algorithm);

    [LibraryImport(Library)]
    private static partial int crypto_aead_xchacha20poly1305_ietf_encrypt(
        byte* cipher, ulong* cipherLength, byte* plain, ulong plainLength, byte* bound, ulong boundLength,
        byte* secretNonce, byte* nonce, byte* key);

    [LibraryImport(Library)]
    private static partial int crypto_aead_xchacha20poly1305_ietf_decrypt(
        byte* plain, ulong* plainLength, byte* secretNonce, byte* cipher, ulong cipherLength, byte* bound, ulong boundLength,
        byte* nonce, byte* key);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_verify_detached(byte* signature, byte* message, ulong length, byte* key);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_detached(
        byte* signature, ulong* signatureLength, byte* message, ulong length, byte* secretKey);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_seed_keypair(byte* publicKey, byte* secretKey, byte* seed);

    [LibraryImport(Library)]
    private static partial int crypto_core_ed25519_is_valid_point(byte* point);

    [LibraryImport(Library)]
    private static partial int crypto_scalarmult_curve25519(byte* result, byte* scalar, byte* point);

    [LibraryImport(Library)]
    private static partial int crypto_scalarmult_curve25519_base(byte* result, byte* scalar);
}
