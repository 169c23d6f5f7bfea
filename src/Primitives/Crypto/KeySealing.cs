using System;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Chain.Primitives.Crypto;

/// <summary>A secret under a passphrase: Argon2id (RFC 9106) for the key, XChaCha20-Poly1305 for the bytes, both through NSec.</summary>
internal static class KeySealing
{
    /// <summary>Bytes of an Argon2id salt.</summary>
    public const int SaltSize = 16;

    /// <summary>Bytes of an XChaCha20-Poly1305 nonce.</summary>
    public const int NonceSize = 24;

    /// <summary>Bytes that sealing adds to a plain text.</summary>
    public const int TagSize = 16;

    /// <summary>What Argon2id needs at the least, by libsodium.</summary>
    private const ulong MemoryBytesMin = 8 * 1024;
    private const ulong KiB = 1024;

    /// <summary>False when the machine lacks the memory, or the costs are outside the library's range.</summary>
    /// <param name="sealed">Receives the sealed bytes, <see cref="TagSize"/> more than the plain ones.</param>
    public static bool TrySeal(
        string passphrase, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, ulong operations, ulong memoryBytes,
        ReadOnlySpan<byte> bound, ReadOnlySpan<byte> plain, Span<byte> @sealed)
    {
        if (!TryDeriveKey(passphrase, salt, operations, memoryBytes, out Key? key)) return false;
        using (key) AeadAlgorithm.XChaCha20Poly1305.Encrypt(key, nonce, bound, plain, @sealed);
        return true;
    }

    /// <summary>Reverses <see cref="TrySeal"/>. False as there; <paramref name="isOpen"/> is false for another passphrase or changed bytes.</summary>
    public static bool TryUnseal(
        string passphrase, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, ulong operations, ulong memoryBytes,
        ReadOnlySpan<byte> bound, ReadOnlySpan<byte> @sealed, Span<byte> plain, out bool isOpen)
    {
        isOpen = false;
        if (!TryDeriveKey(passphrase, salt, operations, memoryBytes, out Key? key)) return false;
        using (key) isOpen = AeadAlgorithm.XChaCha20Poly1305.Decrypt(key, nonce, bound, @sealed, plain);
        return true;
    }

    private static bool TryDeriveKey(
        string passphrase, ReadOnlySpan<byte> salt, ulong operations, ulong memoryBytes, [NotNullWhen(true)] out Key? key)
    {
        key = null;
        if (operations is 0 or > int.MaxValue || memoryBytes < MemoryBytesMin) return false;
        PasswordBasedKeyDerivationAlgorithm argon2Id = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = (long)(memoryBytes / KiB),
            NumberOfPasses = (long)operations,
        });
        byte[] bytes = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            key = argon2Id.DeriveKey(bytes, salt, AeadAlgorithm.XChaCha20Poly1305);
            return true;
        }
        catch (CryptographicException)
        {
            // The library says no more than that it could not: the memory was not to be had.
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
