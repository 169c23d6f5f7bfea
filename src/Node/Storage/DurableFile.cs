using System;
using System.IO;
using Chain.Node.Storage.Disk;

namespace Chain.Node.Storage;

/// <summary>Files that are there whole, or not at all, when the power fails. Throws what <see cref="IDisk"/> throws.</summary>
public static class DurableFile
{
    /// <summary>
    /// Creates a file with mode 0600 that holds the bytes; it is on the disk when this returns. Never replaces a file: an
    /// <see cref="IOException"/> says that the path is taken.
    /// </summary>
    public static void CreateNew(IDisk disk, string path, ReadOnlySpan<byte> bytes)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (IDiskFile file = disk.Open(temporary, DiskOpenMode.CreateNew, ownerOnly: true))
            {
                file.Write(bytes, 0);
                file.Sync();
            }
            disk.Rename(temporary, full);
        }
        catch
        {
            disk.Delete(temporary);
            throw;
        }
        disk.SyncDirectory(Path.GetDirectoryName(full)!);
    }

    /// <summary>All bytes of an open file.</summary>
    public static byte[] ReadAll(IDiskFile file)
    {
        byte[] bytes = new byte[file.Length];
        for (int read = 0, count; read < bytes.Length; read += count)
        {
            count = file.Read(bytes.AsSpan(read), read);
            if (count == 0) throw new IOException("the file ended while it was read");
        }
        return bytes;
    }
}
