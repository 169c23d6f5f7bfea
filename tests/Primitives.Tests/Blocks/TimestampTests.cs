using Chain.Primitives.Blocks;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.Primitives.Tests.Blocks;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0, 0)]
    [InlineData("0001-01-01T00:00:00Z", -62_135_596_800, 0)]
    [InlineData("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999)]
    [InlineData("1969-12-31T23:59:59.5Z", -1, 500_000_000)]
    [InlineData("2023-05-17T14:12:53.088875124Z", 1_684_332_773, 88_875_124)]
    [InlineData("2024-02-29T12:00:00.00000001Z", 1_709_208_000, 10)]
    public void Text_is_that_of_go_and_reads_back(string text, long seconds, int nanos)
    {
        Timestamp time = new(seconds, nanos);
        Assert.Equal(text, time.ToString());
        Assert.True(Timestamp.TryParse(text, out Timestamp parsed));
        Assert.Equal(time, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2023-05-17T14:12:53")]
    [InlineData("2023-05-17T14:12:53+00:00")]
    [InlineData("2023-05-17 14:12:53Z")]
    [InlineData("2023-05-17T14:12:53.Z")]
    [InlineData("2023-05-17T14:12:53.1234567890Z")]
    [InlineData("2023-05-17T14:12:53.-1Z")]
    [InlineData("2023-05-17T14:12:53. 1Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2023-05-17T24:00:00Z")]
    [InlineData("2023-05-17T23:59:60Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2023-5-17T14:12:53Z")]
    [InlineData(" 2023-05-17T14:12:53Z")]
    [InlineData("2023-05-17T14:12:53zZ")]
    [InlineData(null)]
    public void Text_in_another_form_is_refused(string? text)
    {
        Assert.False(Timestamp.TryParse(text, out _));
    }

    [Fact]
    public void Text_reads_back_for_every_time()
    {
        PropertyCheck.Holds(Samples.Times, time => Timestamp.TryParse(time.ToString(), out Timestamp parsed) && parsed == time);
    }

    [Fact]
    public void Milliseconds_round_down_and_add_up()
    {
        Assert.Equal(-1, new Timestamp(-1, 999_999_999).UnixMs);
        Assert.Equal(new Timestamp(-1, 999_000_000), Timestamp.FromUnixMs(-1));
        Assert.Equal(new Timestamp(-2, 0), Timestamp.FromUnixMs(-2000));
        Assert.Equal(new Timestamp(2, 1), new Timestamp(1, 999_000_001).AddMs(1));
        Assert.Equal(new Timestamp(0, 999_000_001), new Timestamp(1, 1).AddMs(-1));
        PropertyCheck.Holds(
            from ms in Gen.Choose(int.MinValue, int.MaxValue)
            from step in Gen.Choose(int.MinValue, int.MaxValue)
            select ((long)ms, (long)step),
            pair => Timestamp.FromUnixMs(pair.Item1).AddMs(pair.Item2) == Timestamp.FromUnixMs(pair.Item1 + pair.Item2)
                && Timestamp.FromUnixMs(pair.Item1).UnixMs == pair.Item1);
    }

    [Fact]
    public void Times_order_by_seconds_then_nanoseconds()
    {
        Timestamp early = new(1, 5);
        Timestamp later = new(1, 6);
        Assert.True(early < later && later > early && early <= later && later >= early && later < new Timestamp(2, 0));
        Assert.True(Timestamp.GoZero < default(Timestamp));
    }
}
