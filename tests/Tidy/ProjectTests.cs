using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Chain.Tidy.Tests;

/// <summary>The arrows between projects (DESIGN section 1), and what every project file must keep to.</summary>
public sealed class ProjectTests
{
    /// <summary>Exactly who references whom; arrows point down only.</summary>
    private static readonly (string Project, string[] References)[] Arrows =
    [
        ("Cli", ["Client", "Node"]),
        ("Client", ["Consensus", "Primitives", "StateMachine"]),
        ("Consensus", ["Primitives"]),
        ("Networking", ["Primitives"]),
        ("Node", ["Consensus", "Networking", "Primitives", "StateMachine"]),
        ("Primitives", []),
        ("StateMachine", ["Primitives"]),
    ];

    [Fact]
    public void Projects_in_src_have_exactly_the_references_of_the_design()
    {
        IEnumerable<string> expected = Arrows.Select(arrow => $"{arrow.Project} -> {string.Join(", ", arrow.References)}");
        IEnumerable<string> actual = Repository.Files("src", "*.csproj")
            .Select(file => $"{FolderOf(file)} -> {string.Join(", ", ReferencesOf(file))}");
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("Primitives")]
    [InlineData("Consensus")]
    [InlineData("StateMachine")]
    public void Pure_project_bans_the_outside_world(string project)
    {
        string text = Repository.Read($"src/{project}/Chain.{project}.csproj");
        Assert.Contains("<PureProject>true</PureProject>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("Chain.sln").Replace('\\', '/');
        IEnumerable<string> missing = AllProjects().Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal));
        Offenders.None(missing);
    }

    [Fact]
    public void Every_project_has_its_lock_file()
    {
        IEnumerable<string> missing = AllProjects()
            .Select(file => Path.Combine(Path.GetDirectoryName(file)!, "packages.lock.json"))
            .Where(file => !File.Exists(Path.Combine(Repository.Root, file)));
        Offenders.None(missing);
    }

    [Fact]
    public void Package_versions_stand_in_one_place_only()
    {
        IEnumerable<string> offenders = AllProjects().Where(file => XDocument.Parse(Repository.Read(file))
            .Descendants("PackageReference")
            .Any(reference => reference.Attribute("Version") is not null));
        Offenders.None(offenders);
    }

    [Fact]
    public void Npm_lock_files_name_no_registry()
    {
        IEnumerable<string> offenders = Repository.Files("tests", "package-lock.json")
            .Where(file => Repository.Read(file).Contains("\"resolved\"", StringComparison.Ordinal));
        Offenders.None(offenders);
    }

    private static IEnumerable<string> AllProjects() =>
        new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.csproj"));

    private static string FolderOf(string projectFile) => Path.GetFileName(Path.GetDirectoryName(projectFile)!);

    private static IEnumerable<string> ReferencesOf(string projectFile) => XDocument.Parse(Repository.Read(projectFile))
        .Descendants("ProjectReference")
        .Select(reference => FolderOf((string)reference.Attribute("Include")!))
        .Order(StringComparer.Ordinal);
}
