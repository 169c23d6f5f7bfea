using System;
using System.IO;

namespace Chain.Node.Tests.Storage;

/// <summary>A folder of its own for one test, deleted with all that is in it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("chain-test-").FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
