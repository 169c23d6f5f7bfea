using System;
using System.Security.Cryptography;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Tests.Crypto;

public sealed class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Hash_of_the_standards_examples_is_as_published(string text, string expected)
    {
        Assert.Equal(expected, Hex.Lower(Sha256.Hash(System.Text.Encoding.ASCII.GetBytes(text)).Span));
    }

    [Fact]
    public void Implementation_on_this_machine_is_the_native_one()
    {
        Assert.Equal("libcrypto", Sha256.Implementation);
    }

    /// <summary>Lengths on both sides of every block boundary and of the switch from the native to the framework's calls.</summary>
    [Fact]
    public void Hash_of_every_length_and_split_equals_the_frameworks()
    {
        byte[] bytes = new byte[2200];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = unchecked((byte)(i * 31));
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> input = bytes.AsSpan(0, length);
            Hash256 expected = Hash256.From(SHA256.HashData(input));
            Assert.Equal(expected, Sha256.Hash(input));
            int cut = length * 2 / 3;
            Assert.Equal(expected, Sha256.Hash(input[..cut], input[cut..]));
            Assert.Equal(expected, Sha256.Hash(input[..(cut / 2)], input[(cut / 2)..cut], input[cut..]));
        }
    }
}
