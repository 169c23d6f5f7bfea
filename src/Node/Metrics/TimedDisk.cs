using System;
using System.Collections.Generic;
using Chain.Node.Storage.Disk;

namespace Chain.Node.Metrics;

/// <summary>A disk that measures how long its files take to sync.</summary>
public sealed class TimedDisk(IDisk inner, Histogram seconds, TimeProvider time) : IDisk
{
    public void CreateDirectory(string path, bool ownerOnly = false) => inner.CreateDirectory(path, ownerOnly);

    public bool FileExists(string path) => inner.FileExists(path);

    public IReadOnlyList<string> ListFiles(string directory) => inner.ListFiles(directory);

    public IDiskFile Open(string path, DiskOpenMode mode, bool ownerOnly = false) =>
        new TimedFile(inner.Open(path, mode, ownerOnly), seconds, time);

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void Delete(string path) => inner.Delete(path);

    public void SyncDirectory(string path) => inner.SyncDirectory(path);

    private sealed class TimedFile(IDiskFile file, Histogram seconds, TimeProvider time) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> target, long offset) => file.Read(target, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            long started = time.GetTimestamp();
            file.Sync();
            seconds.Observe(time.GetElapsedTime(started).TotalSeconds);
        }

        public void Dispose() => file.Dispose();
    }
}
