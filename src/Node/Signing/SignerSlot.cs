using System;
using System.Buffers.Binary;
using Chain.Node.Storage;

namespace Chain.Node.Signing;

/// <summary>
/// One of the two slots of the state file: two copies of the same state on pages of their own, written by one call. A copy is
/// magic (8 bytes), sequence (8 LE), payload length (4 LE), checksum of the rest of the page (4 LE), checksum of the header (4
/// LE), zeros (4), payload, zeros.
/// </summary>
internal readonly struct SignerSlot
{
    public const int CopyBytes = 4096;
    public const int HeaderBytes = 32;
    public const int Bytes = 2 * CopyBytes;

    /// <summary>A new file holds this save and the one after it; both carry the first payload.</summary>
    public const long FirstSequence = 1;
    private const int HeaderChecksumAt = 24;

    private SignerSlot(long sequence, byte[]? payload, bool isWhole, long oldestNamed)
    {
        Sequence = sequence;
        Payload = payload;
        IsWhole = isWhole;
        OldestNamed = oldestNamed;
    }

    /// <summary>Sequence of the newest sound copy; -1 where there is none.</summary>
    public long Sequence { get; }

    /// <summary>Payload of the newest sound copy; null where there is none.</summary>
    public byte[]? Payload { get; }

    /// <summary>True when both copies are sound and of the same save.</summary>
    public bool IsWhole { get; }

    /// <summary>Lowest sequence in a sound header, also of a copy whose payload is not; -1 where no header is sound.</summary>
    public long OldestNamed { get; }

    private static ReadOnlySpan<byte> Magic => "CHAINSG1"u8;

    public static byte[] Encode(long sequence, ReadOnlySpan<byte> payload)
    {
        byte[] slot = new byte[Bytes];
        Span<byte> copy = slot.AsSpan(0, CopyBytes);
        Magic.CopyTo(copy);
        BinaryPrimitives.WriteInt64LittleEndian(copy[8..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(copy[16..], payload.Length);
        payload.CopyTo(copy[HeaderBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(copy[20..], Crc32C.Of(copy[HeaderBytes..]));
        BinaryPrimitives.WriteUInt32LittleEndian(copy[HeaderChecksumAt..], Crc32C.Of(copy[..HeaderChecksumAt]));
        copy.CopyTo(slot.AsSpan(CopyBytes));
        return slot;
    }

    /// <summary>Judges the bytes of one slot.</summary>
    /// <param name="index">0 or 1: the last bit of every sequence that the slot may hold.</param>
    public static SignerSlot Read(ReadOnlySpan<byte> slot, int index)
    {
        (long firstNamed, byte[]? first) = ReadCopy(slot[..CopyBytes], index);
        (long secondNamed, byte[]? second) = ReadCopy(slot[CopyBytes..], index);
        long oldestNamed = firstNamed < 0 ? secondNamed : secondNamed < 0 ? firstNamed : Math.Min(firstNamed, secondNamed);
        bool isWhole = first is not null && second is not null && firstNamed == secondNamed;
        if (first is not null && (second is null || firstNamed >= secondNamed)) return new(firstNamed, first, isWhole, oldestNamed);
        return new(second is null ? -1 : secondNamed, second, isWhole, oldestNamed);
    }

    private static (long Named, byte[]? Payload) ReadCopy(ReadOnlySpan<byte> copy, int index)
    {
        uint headerChecksum = BinaryPrimitives.ReadUInt32LittleEndian(copy[HeaderChecksumAt..]);
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(copy[8..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(copy[16..]);
        bool isHeaderSound = copy.StartsWith(Magic) && headerChecksum == Crc32C.Of(copy[..HeaderChecksumAt])
            && sequence >= FirstSequence && (sequence & 1) == index && length is >= 0 and <= CopyBytes - HeaderBytes;
        if (!isHeaderSound) return (-1, null);
        ReadOnlySpan<byte> rest = copy[HeaderBytes..];
        bool isSound = BinaryPrimitives.ReadUInt32LittleEndian(copy[20..]) == Crc32C.Of(rest);
        return (sequence, isSound ? rest[..length].ToArray() : null);
    }
}
