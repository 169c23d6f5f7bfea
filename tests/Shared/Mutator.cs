using System;
using System.Collections.Generic;

namespace Chain.Tests.Shared;

/// <summary>
/// Spoils bytes in the ways in which they get spoiled: bits, bytes, pieces and lengths. The same seed gives the same sequence.
/// </summary>
internal sealed class Mutator(ulong seed)
{
    private const int PieceMax = 16;

    /// <summary>How far a look for a length goes before any byte will do.</summary>
    private const int LengthSearchMax = 64;

    /// <summary>Heads of MessagePack values, edges of varints, marks of JSON.</summary>
    private static readonly byte[] Telling =
    [
        0x00, 0x01, 0x7f, 0x80, 0x81, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xca, 0xcc, 0xcd, 0xce, 0xcf,
        0xd0, 0xd3, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xe0, 0xfe, 0xff, .. "\"\\{}[],:.-0918 '"u8,
    ];

    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    /// <summary>One of the samples with one to three faults; a fault may take in a piece of another sample.</summary>
    public byte[] Next(IReadOnlyList<byte[]> samples)
    {
        byte[] bytes = Pick(samples);
        int faults = _random.Next(4) switch { 0 => 2, 1 => 3, _ => 1 };
        for (int i = 0; i < faults; i++) bytes = Spoil(bytes, Pick(samples));
        return bytes;
    }

    private byte[] Pick(IReadOnlyList<byte[]> samples) => samples[_random.Next(samples.Count)];

    private byte[] Spoil(byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0) return Insert(bytes);
        int at = _random.Next(bytes.Length);
        return _random.Next(8) switch
        {
            0 => With(bytes, at, (byte)(bytes[at] ^ (1 << _random.Next(8)))),
            1 => With(bytes, at, AnyByte()),
            2 => Insert(bytes),
            3 => [.. bytes[..at], .. bytes[(at + Piece(bytes.Length - at))..]],
            4 => bytes[..at],
            5 => Repeat(bytes, at),
            6 => EditLength(bytes, at),
            _ => Splice(bytes, at, other),
        };
    }

    private byte[] Insert(byte[] bytes)
    {
        int at = _random.Next(bytes.Length + 1);
        byte[] piece = new byte[Piece(PieceMax)];
        for (int i = 0; i < piece.Length; i++) piece[i] = AnyByte();
        return [.. bytes[..at], .. piece, .. bytes[at..]];
    }

    /// <summary>A range of the input stands there twice.</summary>
    private byte[] Repeat(byte[] bytes, int at)
    {
        int end = at + 1 + _random.Next(bytes.Length - at);
        return [.. bytes[..end], .. bytes[at..end], .. bytes[end..]];
    }

    private byte[] Splice(byte[] bytes, int at, byte[] other)
    {
        // Half of the time at the same place, so that two values of one shape swap their fields.
        int from = _random.Next(2) == 0 ? Math.Min(at, other.Length) : _random.Next(other.Length + 1);
        return [.. bytes[..at], .. other[from..]];
    }

    /// <summary>The head or the length of a MessagePack or protobuf value becomes one more, one less, or very large.</summary>
    private byte[] EditLength(byte[] bytes, int at)
    {
        int end = Math.Min(bytes.Length, at + LengthSearchMax);
        int place = at;
        while (place < end && LengthOffset(bytes[place]) < 0) place++;
        if (place == end) place = at;
        else place = Math.Min(bytes.Length - 1, place + LengthOffset(bytes[place]));
        int edited = _random.Next(4) switch
        {
            0 => bytes[place] + 1,
            1 => bytes[place] - 1,
            2 => byte.MaxValue,
            _ => 0,
        };
        return With(bytes, place, unchecked((byte)edited));
    }

    /// <summary>Where the length stands, counted from this head; −1 where the byte is no head of anything with a length.</summary>
    private static int LengthOffset(byte head) => head switch
    {
        >= 0x90 and <= 0xbf => 0, // short array, short text: the length is in the head
        >= 0xc4 and <= 0xc6 or >= 0xd9 and <= 0xdd => 1,
        < 0x80 when (head & 7) == 2 && head >= 8 => 1, // protobuf: a field with a length
        _ => -1,
    };

    private byte AnyByte() => _random.Next(2) == 0 ? (byte)_random.Next(256) : Telling[_random.Next(Telling.Length)];

    private int Piece(int max) => 1 + _random.Next(Math.Min(PieceMax, max));

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        byte[] copy = [.. bytes];
        copy[at] = value;
        return copy;
    }
}
