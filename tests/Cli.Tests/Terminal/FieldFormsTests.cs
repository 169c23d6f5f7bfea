using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Tests.Terminal;

public sealed class FieldFormsTests
{
    [Theory]
    [InlineData("bill", "due", "12500000000", "12.5 credits")]
    [InlineData("LeaseCreated", "bucket", "10000000", "0.01 credits")]
    [InlineData("lease", "rate_per_second", "10000000", "0.01 credits/s (36 credits/h)")]
    [InlineData("", "expires", "18446744073709551615", "never")]
    [InlineData("", "expires", "0", "-")]
    [InlineData("bill", "paid_until", "1767225600", "2026-01-01T00:00:00Z")]
    [InlineData("", "notice_seconds", "5400", "1h30m")]
    [InlineData("", "timeout_propose_ms", "1500", "1500ms")]
    [InlineData("", "timeout_propose_ms", "3000", "3s")]
    [InlineData("", "ruling_bps", "5250", "52.5 %")]
    [InlineData("", "ppm", "995000", "99.5 %")]
    [InlineData("", "samples_millionths", "1250000", "1.25")]
    [InlineData("ReviewPublished", "reliability", "5", "5")]
    [InlineData("Slashed", "reliability", "5", "0.000000005 credits")]
    [InlineData("LeaseCreated", "from", "none", "none")]
    public void Field_is_shown_by_what_its_name_counts(string where, string name, string value, string expected) =>
        Assert.Equal(expected, FieldForms.Show(where, name, value));

    [Fact]
    public void Length_of_time_is_written_as_it_is_read()
    {
        foreach (ulong seconds in (ulong[])[0, 1, 59, 60, 3_599, 3_661, 86_400, 90_061, 1_209_600])
        {
            Assert.True(Values.TryParseSeconds(Quantity.Format(FieldForm.Seconds, seconds), out ulong read));
            Assert.Equal(seconds, read);
        }
    }

    [Fact]
    public void Parameter_that_is_money_time_or_a_share_is_shown_as_such()
    {
        List<string> faults = [];
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            FieldForm form = FieldForms.Of("", entry.Name);
            bool isMoney = entry.Meaning.Contains("ncredit", StringComparison.Ordinal);
            bool isShownAsMoney = form is FieldForm.Credits or FieldForm.Rate or FieldForm.FeePerWork;
            bool isTime = entry.Name.Contains("_seconds", StringComparison.Ordinal);
            bool isShare = entry.Meaning.Contains("basis points", StringComparison.Ordinal);
            bool isGood = isMoney == isShownAsMoney && isShare == form is FieldForm.BasisPoints && isTime == form is FieldForm.Seconds;
            // The largest prices say their unit at the least ones.
            bool isOther = entry.Name is "evidence.max_age_duration" || (entry.Name.StartsWith("price_", StringComparison.Ordinal) && isShownAsMoney);
            if (!isGood && !isOther) faults.Add($"{entry.Name} is shown as {form}: {entry.Meaning}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Whatever the state machine emits as <c>….Seconds</c> of the market clock.</summary>
    [Fact]
    public void Time_in_an_event_is_shown_as_a_time()
    {
        Regex attribute = new("""new\("(?<name>[a-z_]+)", (?<value>[A-Za-z.!?]+)\.Seconds\)""");
        int seen = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "StateMachine"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match match in attribute.Matches(File.ReadAllText(file)))
            {
                if (match.Groups["value"].Value == "request") continue;
                seen++;
                Assert.True(FieldForms.Of("", match.Groups["name"].Value) == FieldForm.Time, $"{match.Value} in {file}");
            }
        }
        Assert.True(seen > 30, $"{seen}");
    }

    /// <summary>What the node's typed queries write as a point of the market clock.</summary>
    [Fact]
    public void Time_in_a_query_is_shown_as_a_time()
    {
        Regex field = new("""\.Time\("(?<name>[a-z_]+)",""");
        string[] names = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Node", "Queries"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => field.Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).Distinct()];
        // A window of maintenance has from and to, which in events are states.
        Assert.All(names.Except(["from", "to"]), name => Assert.True(FieldForms.Of("", name) == FieldForm.Time, name));
        Assert.True(names.Length > 20);
    }

    [Fact]
    public void Order_has_no_two_values_of_one_name()
    {
        OrderTerms terms = new(default, default, new OrderNeeds(new ResourceVector(1), [], [], []), 1, 1, 2, 3, 4, 5, 6);
        IReadOnlyList<string> labels = StateFacts.Of(new Order(1, default, terms, OrderState.Open, 0, 1, 2, 3, default, default, 4, [], [])).Labels;
        Assert.Equal(labels.Distinct(), labels);
        Assert.Contains("terms deposit", labels);
    }
}
