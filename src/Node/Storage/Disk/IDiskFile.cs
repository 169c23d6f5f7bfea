using System;

namespace Chain.Node.Storage.Disk;

/// <summary>An open file. Offsets and lengths in bytes. One thread at a time. Fails as <see cref="IDisk"/> does.</summary>
public interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads up to the length of <paramref name="target"/>; returns how many bytes, 0 at the end of the file.</summary>
    int Read(Span<byte> target, long offset);

    /// <summary>Writes all bytes. A write behind the end fills what is between with zeros.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file or fills it up with zeros.</summary>
    void SetLength(long length);

    /// <summary>
    /// Returns when bytes and length are on the disk. After a failure nobody knows what is, and a later success says nothing
    /// about what was written before it.
    /// </summary>
    void Sync();
}
