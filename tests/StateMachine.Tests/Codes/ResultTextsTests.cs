using System;
using System.Collections.Generic;
using System.Linq;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Tests.Codes;

public sealed class ResultTextsTests
{
    [Fact]
    public void Every_code_has_a_text_with_all_three_parts()
    {
        IEnumerable<ResultCode> offenders = Enum.GetValues<ResultCode>().Where(code => ResultTexts.Find((uint)code) is not { } text
            || string.IsNullOrWhiteSpace(text.What) || string.IsNullOrWhiteSpace(text.Why) || string.IsNullOrWhiteSpace(text.Remedy));
        Assert.Empty(offenders);
    }

    [Fact]
    public void Texts_tell_codes_apart()
    {
        ResultCode[] codes = Enum.GetValues<ResultCode>();
        Assert.Equal(codes.Length, codes.Select(code => ResultTexts.Find((uint)code)!.What).Distinct().Count());
        Assert.Equal(codes.Length, codes.Select(code => ResultTexts.LogOf((uint)code)).Distinct().Count());
    }

    [Fact]
    public void Log_of_success_is_empty_and_of_a_failure_says_what_and_why()
    {
        Assert.Equal("", ResultTexts.LogOf(0));
        Assert.Equal(
            "There is not enough money. The account holds less than amount, deposit and fee together.",
            ResultTexts.LogOf((uint)ResultCode.InsufficientFunds));
    }

    [Fact]
    public void Unknown_code_has_no_text_but_a_log_and_a_name()
    {
        Assert.Null(ResultTexts.Find(9_999));
        Assert.Contains("9999", ResultTexts.LogOf(9_999), StringComparison.Ordinal);
        Assert.Equal("9999", ResultTexts.NameOf(9_999));
        Assert.Equal("InsufficientFunds", ResultTexts.NameOf(400));
    }
}
