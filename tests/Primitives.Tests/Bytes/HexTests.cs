using Chain.Primitives.Bytes;

namespace Chain.Primitives.Tests.Bytes;

public sealed class HexTests
{
    [Fact]
    public void Either_case_is_read_and_the_asked_one_written()
    {
        Assert.True(Hex.TryDecode("00ffABcd", out byte[] bytes));
        Assert.Equal([0x00, 0xff, 0xab, 0xcd], bytes);
        Assert.Equal("00FFABCD", Hex.Upper(bytes));
        Assert.Equal("00ffabcd", Hex.Lower(bytes));
        Assert.True(Hex.TryDecode("", out byte[] none));
        Assert.Empty(none);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0g")]
    [InlineData("0x")]
    [InlineData(" 00")]
    [InlineData("00 ")]
    [InlineData("\uff10\uff10")]
    public void Text_that_is_no_hex_is_refused(string text)
    {
        Assert.False(Hex.TryDecode(text, out byte[] bytes));
        Assert.Empty(bytes);
    }

    [Fact]
    public void Fixed_size_values_refuse_another_length()
    {
        string digits = new('a', Hash256.Size * 2);
        Assert.True(Hash256.TryParse(digits, out Hash256 hash));
        Assert.Equal(digits.ToUpperInvariant(), hash.ToString());
        Assert.False(Hash256.TryParse(digits[1..], out _));
        Assert.False(Hash256.TryParse(digits + "aa", out _));
        Assert.False(Hash256.TryParse(null, out _));
        Assert.Throws<InvariantException>(() => Hash256.From(new byte[Hash256.Size - 1]));
    }

    [Fact]
    public void Hashes_order_as_bytes()
    {
        Hash256 low = Hash256.From([.. new byte[31], 0xff]);
        Hash256 high = Hash256.From([0x80, .. new byte[31]]);
        Assert.True(low < high && high > low && low <= high && high >= low && low != high);
        Assert.True(default(Hash256).IsZero);
        Assert.False(low.IsZero);
    }
}
