using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.Primitives.Tests.Codec;

public sealed class ProtoTests
{
    /// <summary>150 and "testing" are the examples of the protobuf encoding guide; the negative number is ten bytes there.</summary>
    [Fact]
    public void Fields_are_written_as_the_encoding_guide_says()
    {
        Assert.Equal("089601", Hex.Lower(new ProtoWriter().Varint(1, 150).Written));
        Assert.Equal("120774657374696e67", Hex.Lower(new ProtoWriter().String(2, "testing").Written));
        Assert.Equal("08feffffffffffffffff01", Hex.Lower(new ProtoWriter().Varint(1, -2).Written));
        Assert.Equal("1a03089601", Hex.Lower(new ProtoWriter().Message(3, new ProtoWriter().Varint(1, 150).Written).Written));
        Assert.Equal("110100000000000000", Hex.Lower(new ProtoWriter().SFixed64(2, 1).Written));
        Assert.Equal("11ffffffffffffffff", Hex.Lower(new ProtoWriter().SFixed64(2, -1).Written));
        Assert.Equal("8001 01".Replace(" ", "", StringComparison.Ordinal), Hex.Lower(new ProtoWriter().Varint(16, 1).Written));
    }

    [Fact]
    public void Zero_scalars_and_empty_bytes_are_omitted_but_messages_are_not()
    {
        ProtoWriter writer = new();
        writer.Varint(1, 0L).Varint(2, 0UL).SFixed64(3, 0).Bytes(4, []).String(5, "");
        Assert.True(writer.Written.IsEmpty);
        Assert.Equal("3200", Hex.Lower(writer.Message(6, []).Written));
    }

    [Fact]
    public void Reader_walks_what_the_writer_wrote()
    {
        ProtoReader reader = new(new ProtoWriter().Varint(1, ulong.MaxValue).SFixed64(2, -5).Bytes(3, [7, 8]).Message(4, []).Written);
        Assert.True(reader.Next());
        Assert.Equal((1, 0, ulong.MaxValue), (reader.Field, reader.WireType, reader.Number));
        Assert.True(reader.Next());
        Assert.Equal((2, 1, -5L), (reader.Field, reader.WireType, unchecked((long)reader.Number)));
        Assert.True(reader.Next());
        Assert.Equal((3, 2), (reader.Field, reader.WireType));
        Assert.Equal([7, 8], reader.Bytes.ToArray());
        Assert.True(reader.Next());
        Assert.Equal(4, reader.Field);
        Assert.True(reader.Bytes.IsEmpty);
        Assert.False(reader.Next());
        Assert.True(reader.IsOk);
    }

    [Theory]
    [InlineData("08")] // no value
    [InlineData("0880")] // varint without an end
    [InlineData("08ffffffffffffffffff02")] // 65 bits
    [InlineData("08ffffffffffffffffffff01")] // eleven bytes
    [InlineData("1101")] // fixed 64 cut short
    [InlineData("1501")] // fixed 32 cut short
    [InlineData("0a02ff")] // length beyond the end
    [InlineData("0affffffffffffffffff01")] // length beyond any end
    [InlineData("0001")] // field 0
    [InlineData("0b")] // group
    [InlineData("0c")]
    [InlineData("0e")] // wire types 6 and 7 do not exist
    [InlineData("0f")]
    [InlineData("ffffffffffffffffff01")] // field number too large
    public void Malformed_message_ends_the_walk(string hex)
    {
        ProtoReader reader = new(Convert.FromHexString(hex));
        while (reader.Next())
        {
        }
        Assert.False(reader.IsOk);
        Assert.False(reader.Next());
    }

    [Fact]
    public void Arbitrary_bytes_never_throw_and_always_end()
    {
        PropertyCheck.Holds(ArbMap.Default.GeneratorFor<byte[]>(), bytes =>
        {
            ProtoReader reader = new(bytes);
            int fields = 0;
            while (reader.Next()) fields++;
            return fields <= bytes.Length;
        }, count: 2000);
    }
}
