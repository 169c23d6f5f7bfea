using System;
using System.Buffers.Binary;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Codec;

/// <summary>
/// Writes the canonical subset of MessagePack: arrays of fixed arity, integers, strings and byte strings in their shortest
/// form, booleans and nil. Whatever this writes, <see cref="MessagePackReader"/> accepts, and nothing else.
/// </summary>
public sealed class MessagePackWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const int BytesFirst = 128;

    private byte[] _buffer = new byte[BytesFirst];
    private int _length;

    /// <summary>What has been written, valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    public MessagePackWriter Array(int count)
    {
        if (count <= 15) Byte((byte)(0x90 | count));
        else if (count <= ushort.MaxValue) Tagged16(0xdc, (ushort)count);
        else Tagged32(0xdd, (uint)count);
        return this;
    }

    public MessagePackWriter Nil()
    {
        Byte(0xc0);
        return this;
    }

    public MessagePackWriter Bool(bool value)
    {
        Byte(value ? (byte)0xc3 : (byte)0xc2);
        return this;
    }

    public MessagePackWriter UInt(ulong value)
    {
        if (value <= 0x7f) Byte((byte)value);
        else if (value <= byte.MaxValue) Tagged8(0xcc, (byte)value);
        else if (value <= ushort.MaxValue) Tagged16(0xcd, (ushort)value);
        else if (value <= uint.MaxValue) Tagged32(0xce, (uint)value);
        else Tagged64(0xcf, value);
        return this;
    }

    public MessagePackWriter Int(long value)
    {
        if (value >= 0) return UInt((ulong)value);
        if (value >= -32) Byte(unchecked((byte)value));
        else if (value >= sbyte.MinValue) Tagged8(0xd0, unchecked((byte)value));
        else if (value >= short.MinValue) Tagged16(0xd1, unchecked((ushort)value));
        else if (value >= int.MinValue) Tagged32(0xd2, unchecked((uint)value));
        else Tagged64(0xd3, unchecked((ulong)value));
        return this;
    }

    public MessagePackWriter Bin(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= byte.MaxValue) Tagged8(0xc4, (byte)bytes.Length);
        else if (bytes.Length <= ushort.MaxValue) Tagged16(0xc5, (ushort)bytes.Length);
        else Tagged32(0xc6, (uint)bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
        return this;
    }

    public MessagePackWriter Bin(in Hash256 hash) => Bin(hash.Span);

    public MessagePackWriter Bin(in Address address) => Bin(address.Span);

    public MessagePackWriter Bin(in PublicKey key) => Bin(key.Span);

    public MessagePackWriter Bin(in Signature signature) => Bin(signature.Span);

    /// <summary>Strict UTF-8; a lone surrogate in our own text is a broken invariant and throws.</summary>
    public MessagePackWriter Str(string text)
    {
        int length = Utf8.GetByteCount(text);
        if (length <= 31) Byte((byte)(0xa0 | length));
        else if (length <= byte.MaxValue) Tagged8(0xd9, (byte)length);
        else if (length <= ushort.MaxValue) Tagged16(0xda, (ushort)length);
        else Tagged32(0xdb, (uint)length);
        Utf8.GetBytes(text, Take(length));
        return this;
    }

    /// <summary>Appends a value that is canonical already.</summary>
    public MessagePackWriter Raw(ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Take(encoded.Length));
        return this;
    }

    private void Byte(byte value) => Take(1)[0] = value;

    private void Tagged8(byte tag, byte value)
    {
        Span<byte> span = Take(2);
        span[0] = tag;
        span[1] = value;
    }

    private void Tagged16(byte tag, ushort value)
    {
        Span<byte> span = Take(3);
        span[0] = tag;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
    }

    private void Tagged32(byte tag, uint value)
    {
        Span<byte> span = Take(5);
        span[0] = tag;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
    }

    private void Tagged64(byte tag, ulong value)
    {
        Span<byte> span = Take(9);
        span[0] = tag;
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
    }

    /// <summary>The next so many bytes of the buffer, to be filled.</summary>
    private Span<byte> Take(int count)
    {
        int start = _length;
        if (_buffer.Length - start < count) System.Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, start + count));
        _length = start + count;
        return _buffer.AsSpan(start, count);
    }
}
