using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Chain.Tests.Shared;

namespace Chain.StateMachine.Tests.Attacks;

/// <summary>Each of the 37 attacks of marketplace.md section 4 is tried by a test that is named for it; <c>docs/attacks.md</c> lists them.</summary>
public sealed class AttackTableTests
{
    private const int Last = 37;

    [Fact]
    public void Every_attack_has_a_test_and_every_test_a_line_in_the_documents()
    {
        List<string> tests = [];
        foreach (MethodInfo method in typeof(AttackTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            bool runs = method.GetCustomAttributes().Any(attribute => attribute is FactAttribute { Skip: null });
            if (runs && Regex.IsMatch(method.Name, "^A[0-9]+_")) tests.Add($"{method.DeclaringType!.Name}.{method.Name}");
        }
        IEnumerable<int> tried = tests.Select(NumberOf).Distinct().Order();
        Assert.Equal(Enumerable.Range(1, Last), tried);

        string page = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot(), "docs", "attacks.md"));
        List<string> listed = [.. Regex.Matches(page, "`([A-Za-z]+\\.A[0-9]+_[A-Za-z0-9_]+)`").Select(match => match.Groups[1].Value)];
        Assert.Equal(tests.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        foreach (string line in page.Split('\n').Where(line => Regex.IsMatch(line, "^\\| A[0-9]")))
        {
            int number = int.Parse(line.Split('|')[1].Trim()[1..], CultureInfo.InvariantCulture);
            foreach (Match match in Regex.Matches(line, "`[A-Za-z]+\\.(A[0-9]+)_")) Assert.Equal($"A{number}", match.Groups[1].Value);
        }
    }

    private static int NumberOf(string test) =>
        int.Parse(Regex.Match(test, "\\.A([0-9]+)_").Groups[1].Value, CultureInfo.InvariantCulture);
}
