using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using PackageWriter = MessagePack.MessagePackWriter;

namespace Chain.Primitives.Codec;

/// <summary>
/// Writes the canonical subset of MessagePack through the package of that name: arrays of fixed arity, integers, strings and byte
/// strings in their shortest form, booleans and nil. Whatever this writes, <see cref="MessagePackReader"/> accepts, and nothing else.
/// </summary>
/// <remarks>Begin with <c>new MessagePackWriter()</c> and pass it on by reference: a copy writes over what the first one wrote.</remarks>
public ref struct MessagePackWriter
{
    private const int BytesFirst = 128;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _buffer;
    private PackageWriter _writer;

    public MessagePackWriter()
    {
        _buffer = new ArrayBufferWriter<byte>(BytesFirst);
        _writer = new PackageWriter(_buffer);
    }

    /// <summary>What has been written, valid until the next write.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            _writer.Flush();
            return _buffer.WrittenSpan;
        }
    }

    public byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear()
    {
        _writer.Flush();
        _buffer.ResetWrittenCount();
        _writer = new PackageWriter(_buffer);
    }

    [UnscopedRef]
    public ref MessagePackWriter Array(int count)
    {
        _writer.WriteArrayHeader(count);
        return ref this;
    }

    [UnscopedRef]
    public ref MessagePackWriter Nil()
    {
        _writer.WriteNil();
        return ref this;
    }

    [UnscopedRef]
    public ref MessagePackWriter Bool(bool value)
    {
        _writer.Write(value);
        return ref this;
    }

    [UnscopedRef]
    public ref MessagePackWriter UInt(ulong value)
    {
        _writer.Write(value);
        return ref this;
    }

    [UnscopedRef]
    public ref MessagePackWriter Int(long value)
    {
        _writer.Write(value);
        return ref this;
    }

    [UnscopedRef]
    public ref MessagePackWriter Bin(scoped ReadOnlySpan<byte> bytes)
    {
        _writer.WriteBinHeader(bytes.Length);
        Append(bytes);
        return ref this;
    }

    [UnscopedRef]
    public ref MessagePackWriter Bin(scoped in Hash256 hash) => ref Bin(hash.Span);

    [UnscopedRef]
    public ref MessagePackWriter Bin(scoped in Address address) => ref Bin(address.Span);

    [UnscopedRef]
    public ref MessagePackWriter Bin(scoped in PublicKey key) => ref Bin(key.Span);

    [UnscopedRef]
    public ref MessagePackWriter Bin(scoped in Signature signature) => ref Bin(signature.Span);

    /// <summary>Strict UTF-8; a lone surrogate in our own text is a broken invariant and throws.</summary>
    [UnscopedRef]
    public ref MessagePackWriter Str(string text)
    {
        int length = Utf8.GetByteCount(text);
        _writer.WriteStringHeader(length);
        Utf8.GetBytes(text, _writer.GetSpan(length));
        _writer.Advance(length);
        return ref this;
    }

    /// <summary>Appends a value that is canonical already.</summary>
    [UnscopedRef]
    public ref MessagePackWriter Raw(scoped ReadOnlySpan<byte> encoded)
    {
        Append(encoded);
        return ref this;
    }

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_writer.GetSpan(bytes.Length));
        _writer.Advance(bytes.Length);
    }
}
