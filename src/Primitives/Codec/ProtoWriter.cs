using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Chain.Primitives.Codec;

/// <summary>
/// Writes proto3 the way gogoproto does for CometBFT: ascending fields, zero scalars and empty bytes omitted, sub-messages
/// that are not nullable always written, even empty.
/// </summary>
public sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>int32, int64, uint32, uint64, enum, bool: a varint; a negative number takes ten bytes. Zero is omitted.</summary>
    public ProtoWriter Varint(int field, long value) => Varint(field, unchecked((ulong)value));

    public ProtoWriter Varint(int field, ulong value)
    {
        if (value == 0) return this;
        Key(field, wireType: 0);
        RawVarint(value);
        return this;
    }

    /// <summary>sfixed64, little-endian. Zero is omitted.</summary>
    public ProtoWriter SFixed64(int field, long value)
    {
        if (value == 0) return this;
        Key(field, wireType: 1);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    /// <summary>bytes. Empty is omitted.</summary>
    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value) => value.IsEmpty ? this : Message(field, value);

    /// <summary>string. Empty is omitted.</summary>
    public ProtoWriter String(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A sub-message or an arm of a oneof: always written, even empty.</summary>
    public ProtoWriter Message(int field, ReadOnlySpan<byte> encoded)
    {
        Key(field, wireType: 2);
        RawVarint((ulong)encoded.Length);
        _buffer.Write(encoded);
        return this;
    }

    /// <summary>A varint with no field key, as length prefixes need it.</summary>
    public ProtoWriter RawVarint(ulong value)
    {
        Span<byte> span = _buffer.GetSpan(10);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)((value & 0x7f) | 0x80);
            value >>= 7;
        }
        span[length++] = (byte)value;
        _buffer.Advance(length);
        return this;
    }

    /// <summary>Bytes with no key or length.</summary>
    public ProtoWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    private void Key(int field, int wireType) => RawVarint((ulong)((field << 3) | wireType));
}
