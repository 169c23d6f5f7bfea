using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.Primitives.Tests.Codec;

/// <summary>Golden bytes of the MessagePack specification, and its non-canonical forms refused with their codes.</summary>
public sealed class MessagePackTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "cc80")]
    [InlineData(255, "ccff")]
    [InlineData(256, "cd0100")]
    [InlineData(65_535, "cdffff")]
    [InlineData(65_536, "ce00010000")]
    [InlineData(4_294_967_295, "ceffffffff")]
    [InlineData(4_294_967_296, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1, "ff")]
    [InlineData(-32, "e0")]
    [InlineData(-33, "d0df")]
    [InlineData(-128, "d080")]
    [InlineData(-129, "d1ff7f")]
    [InlineData(-32_768, "d18000")]
    [InlineData(-32_769, "d2ffff7fff")]
    [InlineData(int.MinValue, "d280000000")]
    [InlineData(int.MinValue - 1L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void Integer_has_its_shortest_form_and_reads_back(long value, string hex)
    {
        byte[] bytes = new MessagePackWriter().Int(value).ToArray();
        Assert.Equal(hex, Hex.Lower(bytes));
        MessagePackReader reader = new(bytes);
        Assert.Equal(value, reader.Int());
        Assert.True(reader.TryFinish(out _));
        if (value < 0) return;
        Assert.Equal(hex, Hex.Lower(new MessagePackWriter().UInt((ulong)value).Written));
        reader = new(bytes);
        Assert.Equal((ulong)value, reader.UInt());
        Assert.True(reader.TryFinish(out _));
    }

    [Fact]
    public void Largest_unsigned_integer_is_no_signed_one()
    {
        byte[] bytes = new MessagePackWriter().UInt(ulong.MaxValue).ToArray();
        Assert.Equal("cfffffffffffffffff", Hex.Lower(bytes));
        MessagePackReader reader = new(bytes);
        Assert.Equal(ulong.MaxValue, reader.UInt());
        reader = new(bytes);
        reader.Int();
        Assert.Equal(DecodeCode.OutOfRange, reader.Error.Code);
    }

    [Theory]
    [InlineData(0, "a0", "c400", "90")]
    [InlineData(15, "af", "c40f", "9f")]
    [InlineData(16, "b0", "c410", "dc0010")]
    [InlineData(31, "bf", "c41f", "dc001f")]
    [InlineData(32, "d920", "c420", "dc0020")]
    [InlineData(255, "d9ff", "c4ff", "dc00ff")]
    [InlineData(256, "da0100", "c50100", "dc0100")]
    [InlineData(65_535, "daffff", "c5ffff", "dcffff")]
    [InlineData(65_536, "db00010000", "c600010000", "dd00010000")]
    public void Length_has_its_shortest_form_and_reads_back(int length, string str, string bin, string array)
    {
        string text = new('x', length);
        byte[] bytes = new byte[length];
        MessagePackWriter writer = new();
        writer.Str(text);
        Assert.StartsWith(str, Hex.Lower(writer.Written[..Math.Min(5, writer.Written.Length)]), StringComparison.Ordinal);
        MessagePackReader reader = new(writer.Written);
        Assert.Equal(text, reader.Str(length));
        Assert.True(reader.TryFinish(out _));

        writer.Clear();
        writer.Bin(bytes);
        Assert.StartsWith(bin, Hex.Lower(writer.Written[..Math.Min(5, writer.Written.Length)]), StringComparison.Ordinal);
        reader = new(writer.Written);
        Assert.Equal(length, reader.Bin(length).Length);
        Assert.True(reader.TryFinish(out _));

        writer.Clear();
        writer.Array(length).Raw(bytes);
        Assert.StartsWith(array, Hex.Lower(writer.Written[..Math.Min(5, writer.Written.Length)]), StringComparison.Ordinal);
        reader = new(writer.Written);
        Assert.Equal(length, reader.ArrayHeader(length));
        for (int i = 0; i < length; i++) reader.UInt();
        reader.EndArray();
        Assert.True(reader.TryFinish(out _));
    }

    [Fact]
    public void Booleans_and_nil_are_single_bytes()
    {
        byte[] bytes = new MessagePackWriter().Bool(false).Bool(true).Nil().ToArray();
        Assert.Equal("c2c3c0", Hex.Lower(bytes));
        MessagePackReader reader = new(bytes);
        Assert.False(reader.Bool());
        Assert.True(reader.Bool());
        Assert.True(reader.NextIsNil);
        reader.Nil();
        Assert.False(reader.NextIsNil);
        Assert.True(reader.TryFinish(out _));
    }

    [Theory]
    [InlineData("uint", "", DecodeCode.Truncated)]
    [InlineData("uint", "cc", DecodeCode.Truncated)]
    [InlineData("uint", "cd01", DecodeCode.Truncated)]
    [InlineData("uint", "ce010000", DecodeCode.Truncated)]
    [InlineData("uint", "cf01000000000000", DecodeCode.Truncated)]
    [InlineData("uint", "cc7f", DecodeCode.NotShortest)]
    [InlineData("uint", "cd00ff", DecodeCode.NotShortest)]
    [InlineData("uint", "ce0000ffff", DecodeCode.NotShortest)]
    [InlineData("uint", "cf00000000ffffffff", DecodeCode.NotShortest)]
    [InlineData("uint", "ff", DecodeCode.WrongType)] // negative
    [InlineData("uint", "d001", DecodeCode.WrongType)]
    [InlineData("uint", "ca00000000", DecodeCode.WrongType)] // float 32
    [InlineData("uint", "cb0000000000000000", DecodeCode.WrongType)] // float 64
    [InlineData("uint", "80", DecodeCode.WrongType)] // map
    [InlineData("uint", "de0000", DecodeCode.WrongType)]
    [InlineData("uint", "df00000000", DecodeCode.WrongType)]
    [InlineData("uint", "d4ff00", DecodeCode.WrongType)] // extension
    [InlineData("uint", "c70000", DecodeCode.WrongType)]
    [InlineData("uint", "c1", DecodeCode.WrongType)] // never used
    [InlineData("uint", "c0", DecodeCode.WrongType)]
    [InlineData("uint", "0000", DecodeCode.TrailingBytes)]
    [InlineData("int", "d0e0", DecodeCode.NotShortest)] // -32
    [InlineData("int", "d07f", DecodeCode.NotShortest)] // positive in a signed form
    [InlineData("int", "d1ff80", DecodeCode.NotShortest)] // -128
    [InlineData("int", "d10001", DecodeCode.NotShortest)]
    [InlineData("int", "d2ffff8000", DecodeCode.NotShortest)]
    [InlineData("int", "d3ffffffff80000000", DecodeCode.NotShortest)]
    [InlineData("int", "d0", DecodeCode.Truncated)]
    [InlineData("int", "d3ffffffff", DecodeCode.Truncated)]
    [InlineData("int", "", DecodeCode.Truncated)]
    [InlineData("int", "c2", DecodeCode.WrongType)]
    [InlineData("bool", "01", DecodeCode.WrongType)]
    [InlineData("bool", "c0", DecodeCode.WrongType)]
    [InlineData("nil", "c2", DecodeCode.WrongType)]
    [InlineData("bin", "c50001ff", DecodeCode.NotShortest)]
    [InlineData("bin", "c600000001ff", DecodeCode.NotShortest)]
    [InlineData("bin", "c402ff", DecodeCode.LengthExceedsInput)]
    [InlineData("bin", "c6ffffffff", DecodeCode.LengthExceedsInput)]
    [InlineData("bin", "c40500000000000000", DecodeCode.OutOfRange)] // five bytes where four are allowed
    [InlineData("bin", "c4", DecodeCode.Truncated)]
    [InlineData("bin", "a161", DecodeCode.WrongType)] // a string
    [InlineData("str", "d90161", DecodeCode.NotShortest)]
    [InlineData("str", "da000161", DecodeCode.NotShortest)]
    [InlineData("str", "db0000000161", DecodeCode.NotShortest)]
    [InlineData("str", "a261", DecodeCode.LengthExceedsInput)]
    [InlineData("str", "dbffffffff", DecodeCode.LengthExceedsInput)]
    [InlineData("str", "a56161616161", DecodeCode.OutOfRange)]
    [InlineData("str", "a1ff", DecodeCode.InvalidUtf8)]
    [InlineData("str", "a2c080", DecodeCode.InvalidUtf8)] // overlong
    [InlineData("str", "a3eda080", DecodeCode.InvalidUtf8)] // surrogate
    [InlineData("str", "a4f4908080", DecodeCode.InvalidUtf8)] // above U+10FFFF
    [InlineData("str", "c401ff", DecodeCode.WrongType)] // bytes
    [InlineData("array", "dc000100", DecodeCode.NotShortest)]
    [InlineData("array", "dd0000000100", DecodeCode.NotShortest)]
    [InlineData("array", "dc", DecodeCode.Truncated)]
    [InlineData("array", "920000", DecodeCode.WrongArity)]
    [InlineData("array", "90", DecodeCode.WrongArity)]
    [InlineData("array", "91", DecodeCode.LengthExceedsInput)]
    [InlineData("array", "ddffffffff", DecodeCode.LengthExceedsInput)]
    [InlineData("array", "8100", DecodeCode.WrongType)]
    [InlineData("array", "9100ff", DecodeCode.TrailingBytes)]
    public void Form_that_is_not_canonical_is_refused_with_its_code(string kind, string hex, DecodeCode code)
    {
        byte[] bytes = Convert.FromHexString(hex);
        MessagePackReader reader = new(bytes);
        switch (kind)
        {
            case "uint": reader.UInt(); break;
            case "int": reader.Int(); break;
            case "bool": reader.Bool(); break;
            case "nil": reader.Nil(); break;
            case "bin": reader.Bin(4); break;
            case "str": reader.Str(4); break;
            default:
                reader.Array(1);
                reader.UInt();
                reader.EndArray();
                break;
        }
        Assert.False(reader.TryFinish(out DecodeError error));
        Assert.Equal(code, error.Code);
        Assert.Equal(code == DecodeCode.TrailingBytes ? bytes.Length - 1 : 0, error.Offset);
    }

    [Fact]
    public void First_fault_sticks_and_later_reads_give_defaults()
    {
        MessagePackReader reader = new([0xc0, 0x05, 0xc4, 0x00]);
        Assert.Equal(0ul, reader.UInt());
        Assert.Equal(0ul, reader.UInt());
        Assert.Equal("", reader.Str(10));
        Assert.True(reader.Bin(10).IsEmpty);
        Assert.Equal(default, reader.Hash256());
        Assert.Equal(0, reader.ArrayHeader(10));
        Assert.False(reader.TryFinish(out DecodeError error));
        Assert.Equal(new DecodeError(DecodeCode.WrongType, 0), error);
    }

    [Fact]
    public void Arrays_nest_to_the_limit_and_no_deeper()
    {
        Assert.Equal(DecodeCode.None, CodeOfNesting(Limits.CodecDepthMax));
        Assert.Equal(DecodeCode.TooDeep, CodeOfNesting(Limits.CodecDepthMax + 1));
    }

    [Fact]
    public void Lone_surrogate_in_our_own_text_breaks_an_invariant()
    {
        Assert.ThrowsAny<ArgumentException>(() => new MessagePackWriter().Str("\ud800"));
    }

    [Fact]
    public void Values_of_every_type_round_trip()
    {
        Gen<(long, ulong, byte[], string)> values =
            from signed in ArbMap.Default.GeneratorFor<long>()
            from shift in Gen.Choose(0, 63)
            from unsigned in ArbMap.Default.GeneratorFor<ulong>()
            from bytes in ArbMap.Default.GeneratorFor<byte[]>()
            from text in ArbMap.Default.GeneratorFor<UnicodeString>()
            select (signed >> shift, unsigned >> shift, bytes, text.Get ?? "");
        PropertyCheck.Holds(values, value =>
        {
            (long signed, ulong unsigned, byte[] bytes, string text) = value;
            if (!IsStrict(text)) return true;
            byte[] encoded = new MessagePackWriter().Array(4).Int(signed).UInt(unsigned).Bin(bytes).Str(text).ToArray();
            MessagePackReader reader = new(encoded);
            reader.Array(4);
            bool isSame = reader.Int() == signed && reader.UInt() == unsigned
                && reader.Bin(int.MaxValue).SequenceEqual(bytes) && reader.Str(int.MaxValue) == text;
            reader.EndArray();
            return isSame && reader.TryFinish(out _);
        });
    }

    /// <summary>Any bytes, read as any sequence of types, never throw; what is accepted is what the writer would write.</summary>
    [Fact]
    public void Arbitrary_bytes_never_throw_and_are_canonical_when_accepted()
    {
        Gen<byte[]> inputs = Gen.Elements<byte>(
            0x00, 0x01, 0x7f, 0x80, 0x90, 0x91, 0x92, 0xa0, 0xa1, 0xc0, 0xc2, 0xc4, 0xc5, 0xc6, 0xcc, 0xcd, 0xce, 0xcf,
            0xd0, 0xd1, 0xd2, 0xd3, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xe0, 0xff).ArrayOf();
        PropertyCheck.Holds(inputs, Law, count: 3000);

        static bool Law(byte[] input)
        {
            MessagePackReader reader = new(input);
            MessagePackWriter writer = new();
            List<int> open = [];
            while (reader.IsOk && reader.Offset < input.Length) CopyOne(ref reader, ref writer, input[reader.Offset], open);
            while (open.Count > 0 && open[^1] == 0) open.RemoveAt(open.Count - 1);
            bool isAccepted = reader.TryFinish(out _) && open.Count == 0;
            return !isAccepted || writer.Written.SequenceEqual(input);
        }
    }

    private static void CopyOne(ref MessagePackReader reader, ref MessagePackWriter writer, byte tag, List<int> open)
    {
        while (open.Count > 0 && open[^1] == 0)
        {
            open.RemoveAt(open.Count - 1);
            reader.EndArray();
        }
        if (open.Count > 0) open[^1]--;
        if (tag is >= 0x90 and <= 0x9f or 0xdc or 0xdd)
        {
            int count = reader.ArrayHeader(int.MaxValue);
            writer.Array(count);
            open.Add(count);
        }
        else if (tag is >= 0xa0 and <= 0xbf or >= 0xd9 and <= 0xdb) writer.Str(reader.Str(int.MaxValue));
        else if (tag is >= 0xc4 and <= 0xc6) writer.Bin(reader.Bin(int.MaxValue));
        else if (tag is 0xc2 or 0xc3) writer.Bool(reader.Bool());
        else if (tag is 0xcf) writer.UInt(reader.UInt());
        else if (tag is 0xc0)
        {
            reader.Nil();
            writer.Nil();
        }
        else writer.Int(reader.Int());
    }

    private static DecodeCode CodeOfNesting(int depth)
    {
        MessagePackWriter writer = new();
        for (int i = 0; i < depth; i++) writer.Array(1);
        MessagePackReader reader = new(writer.Nil().Written);
        for (int i = 0; i < depth; i++) reader.Array(1);
        reader.Nil();
        for (int i = 0; i < depth; i++) reader.EndArray();
        return reader.TryFinish(out DecodeError error) ? DecodeCode.None : error.Code;
    }

    private static bool IsStrict(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }
        return true;
    }
}
