using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NSec.Cryptography;

namespace Chain.Primitives.Crypto;

/// <summary>
/// The one function of libsodium that NSec has no call for: whether bytes are a canonical point of the prime-order group. It is taken
/// from the native library that NSec brings, so that one library judges keys and signatures.
/// </summary>
internal static unsafe partial class Ed25519Point
{
    private const string Library = "libsodium";

    static Ed25519Point() =>
        // NSec loads and initializes the library with its first algorithm.
        RuntimeHelpers.RunClassConstructor(typeof(SignatureAlgorithm).TypeHandle);

    /// <param name="point">32 bytes.</param>
    public static bool IsValid(ReadOnlySpan<byte> point)
    {
        fixed (byte* p = point) return crypto_core_ed25519_is_valid_point(p) == 1;
    }

    [LibraryImport(Library)]
    private static partial int crypto_core_ed25519_is_valid_point(byte* point);
}
