using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Chain.Node.Storage;

/// <summary>CRC-32 with Castagnoli's polynomial, by the processor's instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of the bytes alone (RFC 3720 B.4).</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(uint.MaxValue, bytes);

    /// <summary>Takes the bytes into a running value, which begins as all ones and is inverted at the end.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
