using System;
using Chain.Client.Errors;
using Chain.StateMachine.Execution;

namespace Chain.Client.Tests.Errors;

public sealed class ErrorCatalogTests
{
    [Fact]
    public void Every_code_of_the_chain_says_what_why_and_what_to_do()
    {
        ErrorText unknown = ErrorCatalog.Lookup(uint.MaxValue);
        foreach (ResultCode code in Enum.GetValues<ResultCode>())
        {
            ErrorText text = ErrorCatalog.Lookup((uint)code);
            Assert.False(text == unknown, $"{code} has no entry");
            foreach (string sentence in (string[])[text.What, text.Why, text.Remedy])
            {
                Assert.True(sentence.Length > 5 && char.IsAsciiLetterUpper(sentence[0]) || sentence.StartsWith("max_fee", StringComparison.Ordinal), $"{code}: {sentence}");
            }
        }
    }

    [Fact]
    public void Code_of_a_newer_chain_gets_an_honest_answer()
    {
        ClientError error = ErrorCatalog.Error(9_999, "something new");
        Assert.Equal(9_999u, error.ResultCode);
        Assert.Contains("does not know", error.Why, StringComparison.Ordinal);
        Assert.Contains("something new", error.Why, StringComparison.Ordinal);
        Assert.Equal("9999", ErrorCatalog.NameOf(9_999));
    }
}
