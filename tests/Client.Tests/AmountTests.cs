using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.Client.Tests;

public sealed class AmountTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("1", 1_000_000_000UL)]
    [InlineData("12.5", 12_500_000_000UL)]
    [InlineData("12.5credit", 12_500_000_000UL)]
    [InlineData("12.5 credits", 12_500_000_000UL)]
    [InlineData("0.000000001", 1UL)]
    [InlineData("123ncredit", 123UL)]
    [InlineData("123 ncredit", 123UL)]
    [InlineData("18446744073.709551615", ulong.MaxValue)]
    [InlineData("18446744073709551615ncredit", ulong.MaxValue)]
    public void Amount_written_as_people_do_is_read_exactly(string text, ulong expected)
    {
        Assert.True(Amount.TryParse(text, out ulong ncredit));
        Assert.Equal(expected, ncredit);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("credit")]
    [InlineData("ncredit")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("0.0000000001")]
    [InlineData("1.5ncredit")]
    [InlineData("18446744073.709551616")]
    [InlineData("18446744073709551616ncredit")]
    [InlineData("12 euro")]
    public void Amount_that_is_none_or_would_be_rounded_is_refused(string? text) => Assert.False(Amount.TryParse(text, out _));

    [Theory]
    [InlineData(0UL, "0 credits")]
    [InlineData(1_000_000_000UL, "1 credit")]
    [InlineData(1UL, "0.000000001 credits")]
    [InlineData(12_500_000_000UL, "12.5 credits")]
    public void Amount_is_written_with_the_decimals_it_needs(ulong ncredit, string expected) =>
        Assert.Equal(expected, Amount.FormatWithUnit(ncredit));

    [Fact]
    public void Amount_written_and_read_again_is_the_same() => PropertyCheck.Holds(
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => unchecked(((ulong)(uint)p.Item1 << 32) | (uint)p.Item2)),
        ncredit => Amount.TryParse(Amount.Format(ncredit), out ulong read) && read == ncredit);
}
