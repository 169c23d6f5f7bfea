using System;
using System.IO;
using System.Runtime.InteropServices;
using Chain.Node.Storage;
using Chain.Node.Storage.Rocks;
using NativeImport;

namespace Chain.Node.Tests.Storage;

/// <summary>Which native library the node runs.</summary>
public sealed class RocksLibraryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("librocksdb.so")]
    [InlineData("librocksdb-jemalloc.so")]
    [InlineData("librocksdb-11.12.0.so")]
    [InlineData("native/librocksdb-jemalloc-11.so")]
    [InlineData("native/amd64/librocksdb.so")]
    [InlineData("amd64/librocksdb-11.12-musl.so")]
    [InlineData("runtimes/linux-ARCH/native/librocksdb.so")]
    public void Library_in_the_current_folder_is_refused(string file)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string path = _folder.PathOf(file.Replace("ARCH", architecture, StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        string current = _folder.PathOf("");
        StorageException refused = Assert.Throws<StorageException>(() => RocksLibrary.CheckFolder(current, AppContext.BaseDirectory));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        RocksLibrary.CheckFolder(current, current);
    }

    [Fact]
    public void Loaded_library_is_the_one_beside_the_program()
    {
        RocksLibrary.CheckFolder(_folder.PathOf(""), AppContext.BaseDirectory);
        RocksLibrary.Load();
        Assert.StartsWith(AppContext.BaseDirectory, Auto.LoadedPath, StringComparison.Ordinal);
    }
}
