using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chain.Node.Storage;

/// <summary>Files that are there whole, or not at all, when the power fails. Throws what <see cref="File"/> throws.</summary>
public static partial class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Creates a file with mode 0600 that holds the bytes; it is on the disk when this returns. Never replaces a file: an
    /// <see cref="IOException"/> says that the path is taken.
    /// </summary>
    public static void CreateNew(string path, ReadOnlySpan<byte> bytes)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            FileStreamOptions options = new()
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
                BufferSize = 0,
            };
            using (FileStream stream = new(temporary, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: false);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        SyncDirectory(Path.GetDirectoryName(full)!);
    }

    /// <summary>Creates the directory, and those above it, where they are missing; their entries are on the disk when this returns.</summary>
    /// <param name="ownerOnly">Mode 0700 for the directories that are created; an existing one keeps its mode.</param>
    public static void CreateDirectory(string directory, bool ownerOnly = false)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (Directory.Exists(full)) return;
        string? parent = Path.GetDirectoryName(full);
        if (parent is not null) CreateDirectory(parent, ownerOnly);
        if (ownerOnly) Directory.CreateDirectory(full, OwnerOnly | UnixFileMode.UserExecute);
        else Directory.CreateDirectory(full);
        if (parent is not null) SyncDirectory(parent);
    }

    /// <summary>Makes created, renamed and deleted entries of a directory durable. The framework cannot open one, so this calls libc.</summary>
    public static void SyncDirectory(string directory)
    {
        int descriptor = Open(directory, OpenDirectory);
        if (descriptor < 0) throw LastError(directory);
        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (Sync(descriptor) != 0) throw LastError(directory);
    }

    /// <summary><c>O_RDONLY | O_CLOEXEC</c> on Linux.</summary>
    private const int OpenDirectory = 0x80000;

    private static IOException LastError(string directory) =>
        new($"cannot sync the directory {directory}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);
}
