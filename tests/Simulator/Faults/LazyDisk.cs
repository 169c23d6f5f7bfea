using System;
using System.Collections.Generic;
using Chain.Node.Storage.Disk;
using Chain.Simulator.Cluster;

namespace Chain.Simulator.Faults;

/// <summary><see cref="PlantedFault.NoSync"/>: a disk that says that the log is safe when it is not.</summary>
internal sealed class LazyDisk(IDisk inner) : IDisk
{
    public void CreateDirectory(string path, bool ownerOnly = false) => inner.CreateDirectory(path, ownerOnly);

    public bool FileExists(string path) => inner.FileExists(path);

    public IReadOnlyList<string> ListFiles(string directory) => inner.ListFiles(directory);

    public IDiskFile Open(string path, DiskOpenMode mode, bool ownerOnly = false)
    {
        IDiskFile file = inner.Open(path, mode, ownerOnly);
        return path.StartsWith(NodeDisk.LogFolder, StringComparison.Ordinal) ? new LazyFile(file) : file;
    }

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void Delete(string path) => inner.Delete(path);

    public void SyncDirectory(string path) => inner.SyncDirectory(path);

    private sealed class LazyFile(IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> target, long offset) => file.Read(target, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync() { }

        public void Dispose() => file.Dispose();
    }
}
