using Chain.Client.Errors;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;

namespace Chain.Client.Tests.Errors;

public sealed class ErrorCatalogTests
{
    private const uint Code = (uint)ResultCode.NotCanonical;

    [Fact]
    public void Error_repeats_nothing_that_the_node_says_in_the_same_words()
    {
        ResultText text = ResultTexts.Find(Code)!;
        Assert.Equal(text.Why, ErrorCatalog.Error(Code, ResultTexts.LogOf(Code)).Why);
        Assert.Equal(
            text.Why + " The node says: NotShortest at byte 3.",
            ErrorCatalog.Error(Code, ResultTexts.LogOf(Code) + " NotShortest at byte 3.").Why);
    }

    [Fact]
    public void Error_keeps_the_words_of_a_node_that_says_more()
    {
        ClientError error = ErrorCatalog.Error(Code, "the query has no key");
        Assert.Equal(ClientErrorCode.TransactionRejected, error.Code);
        Assert.EndsWith(" The node says: the query has no key.", error.Why, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_code_gets_an_honest_answer()
    {
        Assert.Contains("does not know the code", ErrorCatalog.Error(9_999, "").Why, System.StringComparison.Ordinal);
        Assert.Equal(9_999u, ErrorCatalog.Error(9_999, "").ResultCode);
    }
}
