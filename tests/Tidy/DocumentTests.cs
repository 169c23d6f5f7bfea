using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Chain.Tidy.Tests;

/// <summary>What the documents name must exist.</summary>
public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    public void Document_filesItNames_exist(string document)
    {
        string root = Repository.Root;
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)];
        List<string> missing = [];
        foreach (Match match in Named().Matches(File.ReadAllText(Path.Combine(root, document))))
        {
            string name = match.Groups[1].Value;
            bool exists = name.EndsWith(".cs", StringComparison.Ordinal)
                ? name.Contains('*', StringComparison.Ordinal) || files.Any(file => file.EndsWith("/" + name, StringComparison.Ordinal))
                : Directory.Exists(Path.Combine(root, name));
            if (!exists) missing.Add(name);
        }
        Assert.True(missing.Count == 0, $"{document} names what is not there: {string.Join(", ", missing)}");
    }

    [Fact]
    public void BadInput_testsItNames_exist()
    {
        string[] sources = [.. Repository.Files("tests", "*Tests.cs")];
        List<string> missing = [];
        MatchCollection named = Tests().Matches(Repository.Read("docs/bad-input.md"));
        foreach (Match match in named)
        {
            string file = $"/{match.Groups[1].Value}.cs";
            string method = $" {match.Groups[2].Value}(";
            bool exists = sources.Any(source => source.EndsWith(file, StringComparison.Ordinal)
                && Repository.Read(source).Contains(method, StringComparison.Ordinal));
            if (!exists) missing.Add(match.Value);
        }
        Assert.NotEmpty(named);
        Assert.True(missing.Count == 0, $"docs/bad-input.md names tests that are not there: {string.Join(", ", missing)}");
    }

    [GeneratedRegex("`([A-Za-z0-9]+Tests)\\.([A-Za-z0-9_]+)`")]
    private static partial Regex Tests();

    [GeneratedRegex("`((?:src|tests|docs|genesis|benchmarks)/[A-Za-z/-]+|[A-Za-z0-9/*]+\\.cs)`")]
    private static partial Regex Named();
}
