using System;
using System.IO;

namespace Chain.Tests.Shared;

/// <summary>Where the conformance vectors of others lie: <c>CHAIN_VECTORS</c>, else <c>../shared/vectors</c> beside the repository.</summary>
internal static class Vectors
{
    /// <summary>Path of a file or folder under the vectors. Skips the running test, with the reason, when it is not there.</summary>
    public static string Path(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("CHAIN_VECTORS");
        if (string.IsNullOrEmpty(root)) root = System.IO.Path.Combine(RepositoryRoot(), "..", "shared", "vectors");
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, relative));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"no vectors at {path}; set CHAIN_VECTORS to the folder that holds them");
        }
        return path;
    }

    /// <summary>The folder that holds <c>Chain.sln</c>, above the test's binary.</summary>
    public static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Chain.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("no Chain.sln above the test's binary");
    }
}
