using System;
using System.Collections.Generic;
using Chain.Node.Storage.Disk;

namespace Chain.Simulator.Checkers;

/// <summary>A disk whose every write and sync is told to a <see cref="DurableView"/>.</summary>
internal sealed class WatchedDisk(IDisk inner, DurableView view) : IDisk
{
    public void CreateDirectory(string path, bool ownerOnly = false) => inner.CreateDirectory(path, ownerOnly);

    public bool FileExists(string path) => inner.FileExists(path);

    public IReadOnlyList<string> ListFiles(string directory) => inner.ListFiles(directory);

    public IDiskFile Open(string path, DiskOpenMode mode, bool ownerOnly = false)
    {
        IDiskFile file = inner.Open(path, mode, ownerOnly);
        byte[] bytes = new byte[file.Length];
        file.Read(bytes, 0);
        view.Opened(path, bytes);
        return new WatchedFile(file, path, view);
    }

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void Delete(string path) => inner.Delete(path);

    public void SyncDirectory(string path) => inner.SyncDirectory(path);

    private sealed class WatchedFile(IDiskFile file, string path, DurableView view) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> target, long offset) => file.Read(target, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            file.Write(bytes, offset);
            view.Wrote(path, bytes, offset);
        }

        public void SetLength(long length)
        {
            file.SetLength(length);
            view.Cut(path, length);
        }

        public void Sync()
        {
            file.Sync();
            view.Synced(path);
        }

        public void Dispose() => file.Dispose();
    }
}
