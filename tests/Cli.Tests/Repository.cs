using System;
using System.IO;

namespace Chain.Cli.Tests;

/// <summary>Where the sources stand.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Chain.sln"))) at = at.Parent;
        return at!.FullName;
    }
}
