using System;
using System.Runtime.InteropServices;

namespace Chain.Primitives.Crypto;

/// <summary>The calls of libsodium that this project uses. Changing this file alone swaps the library.</summary>
internal static unsafe partial class LibSodium
{
    public const int SecretKeySize = 64;

    private const string Library = "libsodium.so.23";

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

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_verify_detached(byte* signature, byte* message, ulong length, byte* key);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_detached(
        byte* signature, ulong* signatureLength, byte* message, ulong length, byte* secretKey);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_seed_keypair(byte* publicKey, byte* secretKey, byte* seed);

    [LibraryImport(Library)]
    private static partial int crypto_core_ed25519_is_valid_point(byte* point);
}
