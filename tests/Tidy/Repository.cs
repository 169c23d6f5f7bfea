using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Chain.Tidy.Tests;

/// <summary>The work tree that this assembly was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file below a folder of the root, as paths relative to the root, in order.</summary>
    public static IReadOnlyList<string> SourceFiles(string folder) => Files(folder, "*.cs");

    /// <summary>Files below a folder of the root that match, as paths relative to the root, in order.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        string top = Path.Combine(Root, folder);
        if (!Directory.Exists(top)) return [];
        return
        [
            .. Directory.EnumerateFiles(top, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file))
                .Where(file => !file.Contains("node_modules/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] ReadLines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Chain.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("the tests run below the folder of Chain.sln");
    }
}
