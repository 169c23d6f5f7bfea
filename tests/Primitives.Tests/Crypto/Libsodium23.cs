using System;
using System.Runtime.InteropServices;

namespace Chain.Primitives.Tests.Crypto;

/// <summary>
/// Debian 12's libsodium (1.0.18), by which the chain's rule for signatures was frozen: the judge that the library of today is held
/// against. Its group arithmetic makes signatures that no signer makes.
/// </summary>
internal static unsafe partial class Libsodium23
{
    private const string Library = "libsodium.so.23";

    public static bool IsHere { get; } = NativeLibrary.TryLoad(Library, out nint handle)
        && Marshal.GetDelegateForFunctionPointer<Initialize>(NativeLibrary.GetExport(handle, "sodium_init"))() >= 0;

    private delegate int Initialize();

    public static bool Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        fixed (byte* s = signature, m = message, k = key)
        {
            return crypto_sign_ed25519_verify_detached(s, m, (ulong)message.Length, k) == 0;
        }
    }

    public static bool IsValidPoint(ReadOnlySpan<byte> point)
    {
        fixed (byte* p = point) return crypto_core_ed25519_is_valid_point(p) == 1;
    }

    public static bool TryScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result)
    {
        fixed (byte* n = scalar, p = point, q = result) return crypto_scalarmult_curve25519(q, n, p) == 0;
    }

    /// <summary>64 bytes modulo the group order L.</summary>
    public static byte[] Reduce(ReadOnlySpan<byte> wide)
    {
        byte[] scalar = new byte[32];
        fixed (byte* w = wide, s = scalar) crypto_core_ed25519_scalar_reduce(s, w);
        return scalar;
    }

    /// <summary>a · b + c modulo L.</summary>
    public static byte[] MultiplyAdd(byte[] a, byte[] b, byte[] c)
    {
        byte[] result = new byte[32];
        fixed (byte* x = a, y = b, z = c, r = result)
        {
            crypto_core_ed25519_scalar_mul(r, x, y);
            crypto_core_ed25519_scalar_add(r, r, z);
        }
        return result;
    }

    public static byte[] MultiplyBase(byte[] scalar)
    {
        byte[] point = new byte[32];
        fixed (byte* s = scalar, p = point) _ = crypto_scalarmult_ed25519_base_noclamp(p, s);
        return point;
    }

    /// <summary>The sum of two points; false where one is none.</summary>
    public static bool TryAdd(byte[] a, byte[] b, out byte[] sum)
    {
        sum = new byte[32];
        fixed (byte* x = a, y = b, r = sum) return crypto_core_ed25519_add(r, x, y) == 0;
    }

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_verify_detached(byte* signature, byte* message, ulong length, byte* key);

    [LibraryImport(Library)]
    private static partial int crypto_core_ed25519_is_valid_point(byte* point);

    [LibraryImport(Library)]
    private static partial int crypto_scalarmult_curve25519(byte* result, byte* scalar, byte* point);

    [LibraryImport(Library)]
    private static partial void crypto_core_ed25519_scalar_reduce(byte* result, byte* wide);

    [LibraryImport(Library)]
    private static partial void crypto_core_ed25519_scalar_mul(byte* result, byte* a, byte* b);

    [LibraryImport(Library)]
    private static partial void crypto_core_ed25519_scalar_add(byte* result, byte* a, byte* b);

    [LibraryImport(Library)]
    private static partial int crypto_scalarmult_ed25519_base_noclamp(byte* point, byte* scalar);

    [LibraryImport(Library)]
    private static partial int crypto_core_ed25519_add(byte* result, byte* a, byte* b);
}
