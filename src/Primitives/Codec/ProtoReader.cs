using System;

namespace Chain.Primitives.Codec;

/// <summary>
/// Walks the fields of a proto3 message. Enough for the proofs and blocks that others send us; unknown fields are skipped
/// by the caller. Never throws: <see cref="IsOk"/> turns false at the first fault and <see cref="Next"/> ends.
/// </summary>
public ref struct ProtoReader
{
    private ReadOnlySpan<byte> _rest;

    public ProtoReader(ReadOnlySpan<byte> message)
    {
        _rest = message;
        IsOk = true;
    }

    public bool IsOk { get; private set; }

    /// <summary>Number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>Its wire type: 0 varint, 1 fixed 64, 2 length-delimited, 5 fixed 32.</summary>
    public int WireType { get; private set; }

    /// <summary>The value when the wire type is 0 (varint), 1 or 5 (little-endian).</summary>
    public ulong Number { get; private set; }

    /// <summary>The value when the wire type is 2.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Moves to the next field; false at the end or at a fault.</summary>
    public bool Next()
    {
        if (!IsOk || _rest.IsEmpty) return false;
        ulong key = Varint();
        if (!IsOk || key >> 3 is 0 or > int.MaxValue) return IsOk = false;
        Field = (int)(key >> 3);
        WireType = (int)(key & 7);
        Bytes = default;
        Number = 0;
        switch (WireType)
        {
            case 0: Number = Varint(); break;
            case 1: Number = Fixed(8); break;
            case 2: Bytes = Take(Varint()); break;
            case 5: Number = Fixed(4); break;
            default: IsOk = false; break;
        }
        return IsOk;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < 10 && i < _rest.Length; i++)
        {
            byte b = _rest[i];
            if (i == 9 && b > 1) break;
            value |= (ulong)(b & 0x7f) << (7 * i);
            if ((b & 0x80) != 0) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
        IsOk = false;
        return 0;
    }

    private ulong Fixed(int size)
    {
        ReadOnlySpan<byte> bytes = Take((ulong)size);
        ulong value = 0;
        for (int i = bytes.Length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (!IsOk || length > (ulong)_rest.Length)
        {
            IsOk = false;
            return default;
        }
        ReadOnlySpan<byte> bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }
}
