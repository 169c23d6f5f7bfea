using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;
using Chain.Tests.Shared;

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

    /// <summary>CHAIN_TEST_WRITE=1 writes the page.</summary>
    [Fact]
    public void Page_of_codes_is_current()
    {
        string path = Path.Combine(Vectors.RepositoryRoot(), "docs", "codes.md");
        StringBuilder page = new("""
            # Result codes

            Every code that a transaction can get, from the registry in `src/StateMachine/Codes`. Admission, execution, RPC and the
            command line use the same. A test writes this page: `CHAIN_TEST_WRITE=1 ./test StateMachine.Tests`.

            | Code | Name | What | Why | What to do |
            |---|---|---|---|---|

            """);
        foreach (ResultCode code in ResultTexts.Codes)
        {
            ResultText text = ResultTexts.Find((uint)code)!;
            page.Append(CultureInfo.InvariantCulture, $"| {(uint)code} | {code} | {text.What} | {text.Why} | {text.Remedy} |\n");
        }
        if (Environment.GetEnvironmentVariable("CHAIN_TEST_WRITE") == "1") File.WriteAllText(path, page.ToString());
        Assert.Equal(page.ToString(), File.ReadAllText(path));
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
