using System;
using System.Buffers.Binary;
using System.Text.Unicode;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Codec;

/// <summary>
/// Reads the canonical subset of MessagePack in one pass, without allocating before a length is known to fit. The first
/// fault sticks: every later read returns a default, so a decoder reads all fields and asks <see cref="TryFinish"/> once.
/// Never throws on any bytes.
/// </summary>
public ref struct MessagePackReader
{
    private readonly ReadOnlySpan<byte> _input;
    private int _offset;
    private int _depth;
    private DecodeError _error;

    public MessagePackReader(ReadOnlySpan<byte> input) => _input = input;

    /// <summary>The first fault, or none.</summary>
    public readonly DecodeError Error => _error;

    public readonly bool IsOk => _error.Code == DecodeCode.None;

    /// <summary>Bytes read so far.</summary>
    public readonly int Offset => _offset;

    /// <summary>True when the next value is nil; reads nothing.</summary>
    public readonly bool NextIsNil => IsOk && _offset < _input.Length && _input[_offset] == 0xc0;

    /// <summary>Ends the decode: false on any fault, or when bytes are left.</summary>
    public bool TryFinish(out DecodeError error)
    {
        if (IsOk && _offset != _input.Length) Fail(DecodeCode.TrailingBytes, _offset);
        error = _error;
        return IsOk;
    }

    /// <summary>Records a fault that the caller found in the value just read.</summary>
    public void Fail(DecodeCode code) => Fail(code, _offset);

    /// <summary>Opens an array of exactly <paramref name="arity"/> elements. Pair with <see cref="EndArray"/>.</summary>
    public void Array(int arity)
    {
        int start = _offset;
        int count = ArrayHeader(int.MaxValue);
        if (IsOk && count != arity) Fail(DecodeCode.WrongArity, start);
    }

    /// <summary>
    /// Opens an array of at most <paramref name="countMax"/> elements and returns how many. Each element takes a byte at
    /// least, so a count larger than what is left is refused here, before the caller allocates. Pair with <see cref="EndArray"/>.
    /// </summary>
    public int ArrayHeader(int countMax)
    {
        int start = _offset;
        byte tag = Tag();
        if (!IsOk) return 0;
        ulong count;
        if ((tag & 0xf0) == 0x90) count = (ulong)(tag & 0x0f);
        else if (tag == 0xdc) count = Big(2, 15, start);
        else if (tag == 0xdd) count = Big(4, ushort.MaxValue, start);
        else return (int)Fail(DecodeCode.WrongType, start);
        if (!IsOk) return 0;
        if (count > (ulong)(_input.Length - _offset)) return (int)Fail(DecodeCode.LengthExceedsInput, start);
        if (count > (ulong)countMax) return (int)Fail(DecodeCode.OutOfRange, start);
        if (++_depth > Limits.CodecDepthMax) return (int)Fail(DecodeCode.TooDeep, start);
        return (int)count;
    }

    /// <summary>Closes the array opened last; only the nesting depth is counted.</summary>
    public void EndArray()
    {
        if (_depth > 0) _depth--;
    }

    public void Nil()
    {
        int start = _offset;
        byte tag = Tag();
        if (IsOk && tag != 0xc0) Fail(DecodeCode.WrongType, start);
    }

    public bool Bool()
    {
        int start = _offset;
        byte tag = Tag();
        if (IsOk && tag is not (0xc2 or 0xc3)) Fail(DecodeCode.WrongType, start);
        return IsOk && tag == 0xc3;
    }

    public ulong UInt(ulong max = ulong.MaxValue)
    {
        int start = _offset;
        byte tag = Tag();
        if (!IsOk) return 0;
        ulong value = tag switch
        {
            <= 0x7f => tag,
            0xcc => Big(1, 0x7f, start),
            0xcd => Big(2, byte.MaxValue, start),
            0xce => Big(4, ushort.MaxValue, start),
            0xcf => Big(8, uint.MaxValue, start),
            _ => Fail(DecodeCode.WrongType, start),
        };
        return value > max ? Fail(DecodeCode.OutOfRange, start) : value;
    }

    public uint UInt32(uint max = uint.MaxValue) => (uint)UInt(max);

    public byte UInt8(byte max = byte.MaxValue) => (byte)UInt(max);

    public long Int(long min = long.MinValue, long max = long.MaxValue)
    {
        int start = _offset;
        if (!IsOk) return 0;
        if (_offset >= _input.Length) return (long)Fail(DecodeCode.Truncated, start);
        byte tag = _input[_offset];
        long value;
        if (tag is >= 0xe0 or (>= 0xd0 and <= 0xd3))
        {
            _offset++;
            value = Negative(tag, start);
        }
        else
        {
            value = (long)UInt(long.MaxValue);
        }
        if (!IsOk) return 0;
        return value < min || value > max ? (long)Fail(DecodeCode.OutOfRange, start) : value;
    }

    /// <summary>A byte string of at most <paramref name="lengthMax"/> bytes, as a view of the input.</summary>
    public ReadOnlySpan<byte> Bin(int lengthMax)
    {
        int start = _offset;
        byte tag = Tag();
        if (!IsOk) return default;
        ulong length = tag switch
        {
            0xc4 => Big(1, 0, start, lengthForm: true),
            0xc5 => Big(2, byte.MaxValue, start),
            0xc6 => Big(4, ushort.MaxValue, start),
            _ => Fail(DecodeCode.WrongType, start),
        };
        return Take(length, lengthMax, start);
    }

    /// <summary>A byte string of exactly <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> BinExact(int length)
    {
        int start = _offset;
        ReadOnlySpan<byte> bytes = Bin(int.MaxValue);
        if (IsOk && bytes.Length != length) Fail(DecodeCode.OutOfRange, start);
        return IsOk ? bytes : default;
    }

    public Hash256 Hash256()
    {
        ReadOnlySpan<byte> bytes = BinExact(Bytes.Hash256.Size);
        return IsOk ? Bytes.Hash256.From(bytes) : default;
    }

    public Address Address()
    {
        ReadOnlySpan<byte> bytes = BinExact(Bytes.Address.Size);
        return IsOk ? Bytes.Address.From(bytes) : default;
    }

    public PublicKey PublicKey()
    {
        ReadOnlySpan<byte> bytes = BinExact(Crypto.PublicKey.Size);
        return IsOk ? Crypto.PublicKey.From(bytes) : default;
    }

    public Signature Signature()
    {
        ReadOnlySpan<byte> bytes = BinExact(Crypto.Signature.Size);
        return IsOk ? Crypto.Signature.From(bytes) : default;
    }

    /// <summary>Strict UTF-8 text of at most <paramref name="bytesMax"/> bytes.</summary>
    public string Str(int bytesMax)
    {
        int start = _offset;
        byte tag = Tag();
        if (!IsOk) return "";
        ulong length;
        if ((tag & 0xe0) == 0xa0) length = (ulong)(tag & 0x1f);
        else if (tag == 0xd9) length = Big(1, 31, start);
        else if (tag == 0xda) length = Big(2, byte.MaxValue, start);
        else if (tag == 0xdb) length = Big(4, ushort.MaxValue, start);
        else length = Fail(DecodeCode.WrongType, start);
        ReadOnlySpan<byte> bytes = Take(length, bytesMax, start);
        if (IsOk && !Utf8.IsValid(bytes)) Fail(DecodeCode.InvalidUtf8, start);
        return IsOk ? Encoding.UTF8.GetString(bytes) : "";
    }

    private long Negative(byte tag, int start)
    {
        if (tag >= 0xe0) return unchecked((sbyte)tag);
        int size = 1 << (tag - 0xd0);
        ulong raw = BigRaw(size, start);
        if (!IsOk) return 0;
        int shift = 64 - (8 * size);
        long value = unchecked((long)(raw << shift)) >> shift;
        long notShorter = size == 1 ? -32 : -(1L << ((4 * size) - 1));
        return value >= notShorter ? (long)Fail(DecodeCode.NotShortest, start) : value;
    }

    private byte Tag()
    {
        if (!IsOk) return 0;
        if (_offset < _input.Length) return _input[_offset++];
        Fail(DecodeCode.Truncated, _offset);
        return 0;
    }

    /// <summary>Reads a big-endian number that must be above what the next shorter form can hold.</summary>
    private ulong Big(int size, ulong shorterMax, int start, bool lengthForm = false)
    {
        ulong value = BigRaw(size, start);
        return IsOk && !lengthForm && value <= shorterMax ? Fail(DecodeCode.NotShortest, start) : value;
    }

    private ulong BigRaw(int size, int start)
    {
        if (!IsOk) return 0;
        if (_input.Length - _offset < size) return Fail(DecodeCode.Truncated, start);
        ReadOnlySpan<byte> bytes = _input.Slice(_offset, size);
        _offset += size;
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
    }

    private ReadOnlySpan<byte> Take(ulong length, int lengthMax, int start)
    {
        if (!IsOk) return default;
        if (length > (ulong)(_input.Length - _offset)) Fail(DecodeCode.LengthExceedsInput, start);
        else if (length > (ulong)lengthMax) Fail(DecodeCode.OutOfRange, start);
        if (!IsOk) return default;
        ReadOnlySpan<byte> bytes = _input.Slice(_offset, (int)length);
        _offset += (int)length;
        return bytes;
    }

    private ulong Fail(DecodeCode code, int offset)
    {
        if (IsOk) _error = new DecodeError(code, offset);
        return 0;
    }
}
