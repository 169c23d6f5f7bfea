using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Chain.Node.Storage.Disk;

/// <summary>An open file of the machine.</summary>
/// <param name="stream">Owned; opened without a buffer, and only its handle is used.</param>
internal sealed class RealDiskFile(FileStream stream) : IDiskFile
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> target, long offset) => RandomAccess.Read(_handle, target, offset);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => stream.Dispose();
}
