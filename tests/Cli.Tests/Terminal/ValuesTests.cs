using Chain.Cli.Terminal;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Tests.Terminal;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("90", 90UL)]
    [InlineData("90s", 90UL)]
    [InlineData("15m", 900UL)]
    [InlineData("2h", 7_200UL)]
    [InlineData("7d", 604_800UL)]
    public void Length_of_time_is_read_in_seconds(string text, ulong expected)
    {
        Assert.True(Values.TryParseSeconds(text, out ulong seconds));
        Assert.Equal(expected, seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5")]
    [InlineData("1.5h")]
    [InlineData("2 h")]
    [InlineData("1w")]
    [InlineData("18446744073709551615d")]
    public void Length_of_time_that_is_none_is_refused(string text) => Assert.False(Values.TryParseSeconds(text, out _));

    [Theory]
    [InlineData("tee_quote")]
    [InlineData("tee-quote")]
    [InlineData("TEE_QUOTE")]
    public void Name_of_a_choice_is_read_in_either_spelling(string text)
    {
        Assert.True(JsonNames.TryParse(text, out AttestationSchema schema));
        Assert.Equal(AttestationSchema.TeeQuote, schema);
        Assert.Equal("tee_quote", JsonNames.Of(schema));
    }
}
