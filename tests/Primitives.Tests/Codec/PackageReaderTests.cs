using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Unicode;
using Chain.Primitives.Codec;
using Chain.Tests.Shared;
using MessagePack;
using PackageReader = MessagePack.MessagePackReader;
using StrictReader = Chain.Primitives.Codec.MessagePackReader;
using Writer = Chain.Primitives.Codec.MessagePackWriter;

namespace Chain.Primitives.Tests.Codec;

/// <summary>
/// The package's reader judges ours. Ours accepts bytes exactly when the package reads them to their end and writes the same bytes
/// for what it read, so no value has a second form. <c>CHAIN_CODEC</c> sets how many inputs are tried.
/// </summary>
public sealed class PackageReaderTests
{
    private const int LengthMax = 1 << 20;

    /// <summary>The largest values and lengths of the short forms.</summary>
    private static readonly ulong[] Bounds = [15, 31, 0x7f, 0xff, 0xffff, uint.MaxValue];

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("CHAIN_CODEC"), CultureInfo.InvariantCulture, out int count) ? count : 100_000;

    [Fact]
    public void Bytes_are_accepted_exactly_when_the_package_reads_and_writes_them_back()
    {
        Random random = new((int)PropertyCheck.Seed);
        int accepted = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] bytes = Draw(random);
            bool ours = ReadStrictly(bytes, out byte[] again);
            bool theirs = ReadByPackage(bytes, out byte[] written);
            bool isCanonical = theirs && bytes.AsSpan().SequenceEqual(written);
            Assert.True(
                ours == isCanonical, $"CHAIN_TEST_SEED={PropertyCheck.Seed}, input {i}: {Convert.ToHexString(bytes)}: ours {ours}, package {theirs}, same {isCanonical}");
            if (!ours) continue;
            accepted++;
            Assert.Equal(bytes, again);
        }
        Assert.InRange(accepted, Count / 10, Count * 9 / 10);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Text_has_the_shortest_head_also_where_characters_take_more_bytes(int bytes)
    {
        string text = new string('a', bytes % 3) + new string('€', bytes / 3);
        byte[] written = new Writer().Str(text).ToArray();
        StrictReader reader = new(written);
        Assert.Equal(text, reader.Str(LengthMax));
        Assert.True(reader.TryFinish(out DecodeError error), error.ToString());
    }

    [Fact]
    public void Text_with_half_a_surrogate_pair_is_a_broken_invariant() =>
        Assert.ThrowsAny<ArgumentException>(static () => new Writer().Str("\ud800").ToArray());

    /// <summary>A value, some of it in longer forms than needed or nested too deep; whole, changed, cut or lengthened; or just bytes.</summary>
    private static byte[] Draw(Random random)
    {
        if (random.Next(10) == 0)
        {
            byte[] noise = new byte[random.Next(12)];
            random.NextBytes(noise);
            return noise;
        }
        Writer writer = new();
        int depth = random.Next(10) == 0 ? Limits.CodecDepthMax - random.Next(3) : 0;
        for (int i = 0; i < depth; i++) writer.Array(1);
        Value(ref writer, random, depth);
        byte[] bytes = writer.ToArray();
        switch (random.Next(5))
        {
            case 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                return bytes[..random.Next(bytes.Length)];
            case 2:
                return [.. bytes, (byte)random.Next(256)];
            default:
                break;
        }
        return bytes;
    }

    private static void Value(ref Writer writer, Random random, int depth)
    {
        switch (random.Next(depth < 18 ? 9 : 6))
        {
            case 0:
                writer.Nil();
                break;
            case 1:
                writer.Bool(random.Next(2) == 0);
                break;
            case 2:
                ulong number = Number(random);
                if (IsAnyForm(random)) Form(ref writer, 0xcc, random.Next(4), number);
                else writer.UInt(number);
                break;
            case 3:
                long signed = random.Next(2) == 0 ? ~(long)(Number(random) >> 1) : random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
                if (IsAnyForm(random)) Form(ref writer, 0xd0, random.Next(4), unchecked((ulong)signed));
                else writer.Int(signed);
                break;
            case 4:
                byte[] bin = new byte[Length(random)];
                random.NextBytes(bin);
                if (IsAnyForm(random))
                {
                    Form(ref writer, 0xc4, random.Next(3), (ulong)bin.Length);
                    writer.Raw(bin);
                }
                else
                {
                    writer.Bin(bin);
                }
                break;
            case 5:
                string text = new(random.Next(3) == 0 ? '€' : 'a', Length(random));
                if (IsAnyForm(random))
                {
                    byte[] utf8 = Encoding.UTF8.GetBytes(text);
                    Form(ref writer, 0xd9, random.Next(3), (ulong)utf8.Length);
                    writer.Raw(utf8);
                }
                else
                {
                    writer.Str(text);
                }
                break;
            default:
                int count = random.Next(20) == 0 ? 15 + random.Next(3) : random.Next(3);
                if (IsAnyForm(random)) Form(ref writer, 0xdb, 1 + random.Next(2), (ulong)count);
                else writer.Array(count);
                for (int i = 0; i < count; i++) Value(ref writer, random, depth + 1);
                break;
        }
    }

    private static bool IsAnyForm(Random random) => random.Next(12) == 0;

    /// <summary>Writes the tag that stands <paramref name="step"/> after the first, and the low bytes of the number: 1, 2, 4 or 8 of them.</summary>
    private static void Form(ref Writer writer, byte tagFirst, int step, ulong number)
    {
        int size = 1 << step;
        Span<byte> form = stackalloc byte[1 + sizeof(ulong)];
        form[0] = (byte)(tagFirst + step);
        BinaryPrimitives.WriteUInt64BigEndian(form[1..], number << (64 - (8 * size)));
        writer.Raw(form[..(1 + size)]);
    }

    private static ulong Number(Random random) => random.Next(3) == 0
        ? Bounds[random.Next(Bounds.Length)] + (ulong)random.Next(2)
        : (ulong)random.NextInt64() >> random.Next(64);

    private static int Length(Random random) => random.Next(40) switch
    {
        0 => 255 + random.Next(3),
        1 => random.Next(20) == 0 ? 65_535 + random.Next(2) : 256,
        < 8 => 28 + random.Next(8),
        _ => random.Next(6),
    };

    private static bool ReadStrictly(byte[] bytes, out byte[] again)
    {
        StrictReader reader = new(bytes);
        Writer writer = new();
        Copy(ref reader, bytes, ref writer);
        again = writer.ToArray();
        return reader.TryFinish(out _);
    }

    private static void Copy(ref StrictReader reader, byte[] bytes, ref Writer writer)
    {
        int tag = reader.IsOk && reader.Offset < bytes.Length ? bytes[reader.Offset] : -1;
        switch (tag)
        {
            case 0xc0:
                reader.Nil();
                writer.Nil();
                break;
            case 0xc2 or 0xc3:
                writer.Bool(reader.Bool());
                break;
            case >= 0xe0 or (>= 0xd0 and <= 0xd3):
                writer.Int(reader.Int());
                break;
            case 0xc4 or 0xc5 or 0xc6:
                writer.Bin(reader.Bin(LengthMax));
                break;
            case (>= 0xa0 and <= 0xbf) or 0xd9 or 0xda or 0xdb:
                writer.Str(reader.Str(LengthMax));
                break;
            case (>= 0x90 and <= 0x9f) or 0xdc or 0xdd:
                int count = reader.ArrayHeader(LengthMax);
                writer.Array(count);
                for (int i = 0; i < count && reader.IsOk; i++) Copy(ref reader, bytes, ref writer);
                reader.EndArray();
                break;
            default:
                writer.UInt(reader.UInt());
                break;
        }
    }

    private static bool ReadByPackage(byte[] bytes, out byte[] written)
    {
        Writer writer = new();
        written = [];
        try
        {
            PackageReader reader = new(bytes);
            if (!CopyByPackage(ref reader, ref writer, depth: 0) || !reader.End) return false;
        }
        catch (Exception exception) when (exception is EndOfStreamException or MessagePackSerializationException or OverflowException or ArgumentException)
        {
            return false;
        }
        written = writer.ToArray();
        return true;
    }

    private static bool CopyByPackage(ref PackageReader reader, ref Writer writer, int depth)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                writer.Nil();
                return true;
            case MessagePackType.Boolean:
                writer.Bool(reader.ReadBoolean());
                return true;
            case MessagePackType.Integer:
                bool isSigned = reader.NextCode is >= 0xe0 or (>= 0xd0 and <= 0xd3);
                if (isSigned) writer.Int(reader.ReadInt64());
                else writer.UInt(reader.ReadUInt64());
                return true;
            case MessagePackType.Binary:
                writer.Bin(reader.ReadBytes()!.Value.ToArray());
                return true;
            case MessagePackType.String:
                byte[] text = reader.ReadStringSequence()!.Value.ToArray();
                if (!Utf8.IsValid(text)) return false;
                writer.Str(Encoding.UTF8.GetString(text));
                return true;
            case MessagePackType.Array:
                int count = reader.ReadArrayHeader();
                if (depth + 1 > Limits.CodecDepthMax) return false;
                writer.Array(count);
                for (int i = 0; i < count; i++)
                {
                    if (!CopyByPackage(ref reader, ref writer, depth + 1)) return false;
                }
                return true;
            default:
                return false;
        }
    }
}
