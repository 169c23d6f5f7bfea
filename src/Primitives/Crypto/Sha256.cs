using System;
using System.Security.Cryptography;
using Chain.Primitives.Bytes;

namespace Chain.Primitives.Crypto;

/// <summary>
/// SHA-256 of short inputs. Uses libcrypto's low-level calls, about eight times faster than <see cref="SHA256"/> on a tree
/// node, when a self-test finds that they work; else the framework's.
/// </summary>
public static class Sha256
{
    /// <summary>Above this length the framework's call costs no more, and a long native call without a GC transition is rude.</summary>
    private const int NativeBytesMax = 1024;

    private static readonly bool NativeWorks = SelfTest();

    /// <summary>SHA-256 of nothing: what an empty list hashes to.</summary>
    public static readonly Hash256 OfNothing = Hash([]);

    /// <summary>Which implementation the self-test chose, for the start-up log.</summary>
    public static string Implementation => NativeWorks ? "libcrypto" : "framework";

    public static Hash256 Hash(ReadOnlySpan<byte> bytes)
    {
        if (NativeWorks && bytes.Length <= NativeBytesMax) return LibCrypto.Hash(bytes, default, default);
        Hash256 hash = default;
        SHA256.HashData(bytes, hash);
        return hash;
    }

    /// <summary>SHA-256 of the concatenation, without making it.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default)
    {
        if (NativeWorks && first.Length + second.Length + third.Length <= NativeBytesMax)
        {
            return LibCrypto.Hash(first, second, third);
        }
        using IncrementalHash incremental = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        incremental.AppendData(first);
        incremental.AppendData(second);
        incremental.AppendData(third);
        Hash256 hash = default;
        incremental.GetHashAndReset(hash);
        return hash;
    }

    private static bool SelfTest()
    {
        if (!LibCrypto.IsPresent) return false;
        byte[] sample = new byte[NativeBytesMax];
        for (int i = 0; i < sample.Length; i++) sample[i] = (byte)(i * 7 & 0xff);
        Hash256 expected = default;
        foreach (int length in (ReadOnlySpan<int>)[0, 1, 31, 32, 55, 56, 63, 64, 65, 127, 128, 129, NativeBytesMax])
        {
            ReadOnlySpan<byte> input = sample.AsSpan(0, length);
            SHA256.HashData(input, expected);
            if (LibCrypto.Hash(input, default, default) != expected) return false;
            if (LibCrypto.Hash(input[..(length / 2)], input[(length / 2)..], default) != expected) return false;
        }
        return true;
    }
}
