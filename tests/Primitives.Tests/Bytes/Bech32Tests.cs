using Chain.Primitives.Bytes;

namespace Chain.Primitives.Tests.Bytes;

/// <summary>The facts of BIP-173 whose payload is whole bytes, and what an address accepts.</summary>
public sealed class Bech32Tests
{
    [Theory]
    [InlineData("a", "a12uel5l", "")]
    [InlineData("A", "A12UEL5L", "")]
    [InlineData("split", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d")]
    [InlineData("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "00443214c74254b635cf84653a56d7c675be77df")]
    public void Example_of_the_standard_decodes(string prefix, string text, string payload)
    {
        byte[] bytes = new byte[payload.Length / 2];
        Assert.True(Bech32.TryDecode(prefix.ToLowerInvariant(), text, bytes));
        Assert.Equal(payload, Hex.Lower(bytes));
        Assert.Equal(text.ToLowerInvariant(), Bech32.Encode(prefix.ToLowerInvariant(), bytes));
    }

    [Theory]
    [InlineData("a", "a12UEL5L", 0)] // mixed case
    [InlineData("a", "a12uel5m", 0)] // checksum
    [InlineData("b", "a12uel5l", 0)] // prefix
    [InlineData("a", "a12uel5", 0)] // too short
    [InlineData("a", "a12uel5l", 1)] // another length
    [InlineData("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxb", 20)] // b is no digit
    [InlineData("abcdef", "abcdefqqpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", 20)] // no separator
    public void Malformed_text_is_refused(string prefix, string text, int length)
    {
        Assert.False(Bech32.TryDecode(prefix, text, new byte[length]));
    }

    [Fact]
    public void Address_with_any_character_changed_is_refused()
    {
        string text = Sample().ToString();
        Assert.True(Address.TryParse(text, out Address parsed));
        Assert.Equal(Sample(), parsed);
        for (int i = 0; i < text.Length; i++)
        {
            foreach (char other in "qpzry9x8gf2tvdw0s3jn54khce6mua7l1boi \u212a\u0130\u00e9")
            {
                if (other == text[i]) continue;
                Assert.False(Address.TryParse(text[..i] + other + text[(i + 1)..], out _), $"{other} at {i}");
            }
        }
    }

    [Fact]
    public void Address_reads_every_form_that_it_prints()
    {
        Address address = Sample();
        Assert.True(Address.TryParse(address.ToString().ToUpperInvariant(), out Address upper));
        Assert.True(Address.TryParse(address.ToHex(), out Address hex));
        Assert.True(Address.TryParse(address.ToHex().ToLowerInvariant(), out Address lowerHex));
        Assert.Equal([address, address, address], [upper, hex, lowerHex]);
        Assert.False(Address.TryParse(null, out _));
        Assert.False(Address.TryParse("", out _));
        Assert.False(Address.TryParse(address.ToHex() + "00", out _));
    }

    private static Address Sample()
    {
        byte[] bytes = new byte[Address.Size];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 13);
        return Address.From(bytes);
    }
}
