using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Chain.Tidy.Tests;

/// <summary>What STYLE asks of every source file and a compiler does not check.</summary>
public sealed partial class SourceTests
{
    private const int LinesMax = 300;

    /// <summary>Split, so that this file does not offend.</summary>
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "#reg" + "ion"];

    [Fact]
    public void Source_files_stay_short()
    {
        IEnumerable<string> offenders = Repository.SourceFiles("src")
            .Select(file => (file, lines: Repository.ReadLines(file).Length))
            .Where(item => item.lines > LinesMax)
            .Select(item => $"{item.file}: {item.lines} lines");
        Offenders.None(offenders);
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        IEnumerable<string> offenders = new[] { "src", "tests", "benchmarks" }
            .SelectMany(Repository.SourceFiles)
            .SelectMany(LinesOf)
            .Where(item => Unfinished.Any(word => item.Line.Contains(word, StringComparison.Ordinal)))
            .Select(item => $"{item.At}: {item.Line}");
        Offenders.None(offenders);
    }

    [Fact]
    public void Each_file_holds_one_public_type_and_is_named_for_it()
    {
        List<string> offenders = [];
        foreach (string file in Repository.SourceFiles("src"))
        {
            MatchCollection types = TopLevelType().Matches(Repository.Read(file));
            if (types.Count == 0) continue; // Program.cs, assembly attributes
            string name = Path.GetFileNameWithoutExtension(file);
            string[] open = [.. types.Where(IsPublic).Select(NameOf)];
            bool isNamedForIt = types.Any(type => NameOf(type) == name) && open.All(type => type == name);
            if (!isNamedForIt || open.Length > 1) offenders.Add($"{file}: {string.Join(", ", types.Select(NameOf))}");
        }
        Offenders.None(offenders);
    }

    [Fact]
    public void Namespaces_match_folders()
    {
        List<string> offenders = [];
        foreach (string project in Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj")))
        {
            string folder = Path.GetDirectoryName(project)!;
            string rootNamespace = Path.GetFileNameWithoutExtension(project);
            foreach (string file in Repository.SourceFiles(folder))
            {
                Match declared = Namespace().Match(Repository.Read(file));
                if (!declared.Success) continue;
                string below = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!);
                string expected = below == "." ? rootNamespace : rootNamespace + "." + below.Replace('/', '.');
                if (declared.Groups[1].Value != expected) offenders.Add($"{file}: {declared.Groups[1].Value}, not {expected}");
            }
        }
        Offenders.None(offenders);
    }

    private static IEnumerable<(string At, string Line)> LinesOf(string file) =>
        Repository.ReadLines(file).Select((line, i) => ($"{file}:{i + 1}", line));

    private static bool IsPublic(Match type) => type.Value.StartsWith("public", StringComparison.Ordinal);

    private static string NameOf(Match type) => type.Groups[1].Value;

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s+\S+)\s+(\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
