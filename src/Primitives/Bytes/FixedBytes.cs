using System;
using System.Buffers.Binary;

namespace Chain.Primitives.Bytes;

/// <summary>What the fixed-size byte values share.</summary>
internal static class FixedBytes
{
    /// <summary>
    /// A hash code for look-up tables. The values are hashes or keys, so their first bytes are already spread; a peer that
    /// grinds them fills one bucket at the price of a preimage search for each entry, and every table is bounded.
    /// </summary>
    public static int TableHash(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);
}
