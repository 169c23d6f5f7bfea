using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Chain.Primitives.Bytes;

namespace Chain.Primitives.Crypto;

/// <summary>The low-level SHA-256 calls of OpenSSL 3. Deprecated there but exported; <see cref="Sha256"/> does without them.</summary>
internal static unsafe partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";

    /// <summary>Bytes reserved for <c>SHA256_CTX</c>, which has 112.</summary>
    private const int ContextBytes = 128;

    /// <summary>True when the library and its three functions are on this machine.</summary>
    public static bool IsPresent { get; } =
        NativeLibrary.TryLoad(Library, out nint handle)
        && NativeLibrary.TryGetExport(handle, "SHA256_Init", out _)
        && NativeLibrary.TryGetExport(handle, "SHA256_Update", out _)
        && NativeLibrary.TryGetExport(handle, "SHA256_Final", out _);

    [SkipLocalsInit]
    public static Hash256 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        ulong* context = stackalloc ulong[ContextBytes / sizeof(ulong)];
        Hash256 hash = default;
        _ = SHA256_Init(context);
        Update(context, first);
        Update(context, second);
        Update(context, third);
        _ = SHA256_Final((byte*)&hash, context);
        return hash;
    }

    private static void Update(ulong* context, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        fixed (byte* start = bytes) _ = SHA256_Update(context, start, (nuint)bytes.Length);
    }

    [LibraryImport(Library), SuppressGCTransition]
    private static partial int SHA256_Init(ulong* context);

    [LibraryImport(Library), SuppressGCTransition]
    private static partial int SHA256_Update(ulong* context, byte* data, nuint length);

    [LibraryImport(Library), SuppressGCTransition]
    private static partial int SHA256_Final(byte* digest, ulong* context);
}
