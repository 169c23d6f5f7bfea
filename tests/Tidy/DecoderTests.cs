using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Chain.Tests.Shared;

namespace Chain.Tidy.Tests;

/// <summary>Every project that decodes what comes from outside mutates it in its tests (tests/Shared/DecoderSuite.cs).</summary>
public sealed class DecoderTests
{
    /// <summary>The command line reads only what its own user types.</summary>
    private const string Left = "Cli";

    [Fact]
    public void Every_project_with_decoders_has_a_suite_for_them()
    {
        IEnumerable<string> missing = Repository.Files("src", "*.csproj")
            .Select(file => Path.GetFileNameWithoutExtension(file)["Chain.".Length..])
            .Where(project => project != Left && DecoderSuite.DecodersOf(Assembly.Load($"Chain.{project}")).Count > 0)
            .Select(project => $"tests/{project}.Tests/DecoderTests.cs")
            .Where(file => !File.Exists(Path.Combine(Repository.Root, file)));
        Offenders.None(missing);
    }
}
