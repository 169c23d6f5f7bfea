using System;
using System.Buffers;
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

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What has been written, valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

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
        _buffer.Write(bytes);
        return this;
    }

    public MessagePackWriter Bin(in Hash256 hash) => Bin(hash.Span);

    public MessagePackWriter Bin(in Address address) => Bin(address.Span);

    public MessagePackWriter Bin(in PublicKey key) => Bin(key.Span);

    public MessagePackWriter Bin(in Signature signature) => Bin(signature.Span);

    /// <summary>Strict UTF-8; a lone surrogate in our own text is a broken invariant and throws.</summary>
    public MessagePackWriter Str(string text)
    {
        byte[] bytes = Utf8.GetBytes(text);
        if (bytes.Length <= 31) Byte((byte)(0xa0 | bytes.Length));
        else if (bytes.Length <= byte.MaxValue) Tagged8(0xd9, (byte)bytes.Length);
        else if (bytes.Length <= ushort.MaxValue) Tagged16(0xda, (ushort)bytes.Length);
        else Tagged32(0xdb, (uint)bytes.Length);
        _buffer.Write(bytes);
        return this;
    }

    /// <summary>Appends a value that is canonical already.</summary>
    public MessagePackWriter Raw(ReadOnlySpan<byte> encoded)
    {
        _buffer.Write(encoded);
        return this;
    }

    private void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    private void Tagged8(byte tag, byte value)
    {
        Span<byte> span = _buffer.GetSpan(2);
        span[0] = tag;
        span[1] = value;
        _buffer.Advance(2);
    }

    private void Tagged16(byte tag, ushort value)
    {
        Span<byte> span = _buffer.GetSpan(3);
        span[0] = tag;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
        _buffer.Advance(3);
    }

    private void Tagged32(byte tag, uint value)
    {
        Span<byte> span = _buffer.GetSpan(5);
        span[0] = tag;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
        _buffer.Advance(5);
    }

    private void Tagged64(byte tag, ulong value)
    {
        Span<byte> span = _buffer.GetSpan(9);
        span[0] = tag;
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
        _buffer.Advance(9);
    }
}
