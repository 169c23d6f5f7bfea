using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chain.Node.Storage.Disk;

/// <summary>The machine's file system.</summary>
public sealed partial class RealDisk : IDisk
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary><c>O_RDONLY | O_CLOEXEC</c> on Linux.</summary>
    private const int OpenDirectory = 0x80000;

    public void CreateDirectory(string path, bool ownerOnly = false)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full)) return;
        string? parent = Path.GetDirectoryName(full);
        if (parent is not null) CreateDirectory(parent, ownerOnly);
        if (ownerOnly) Directory.CreateDirectory(full, OwnerOnly | UnixFileMode.UserExecute);
        else Directory.CreateDirectory(full);
        if (parent is not null) SyncDirectory(parent);
    }

    public bool FileExists(string path) => File.Exists(path);

    public IReadOnlyList<string> ListFiles(string directory) => Directory.GetFiles(directory);

    public IDiskFile Open(string path, DiskOpenMode mode, bool ownerOnly = false)
    {
        FileStreamOptions options = new()
        {
            Mode = mode switch
            {
                DiskOpenMode.CreateNew => FileMode.CreateNew,
                DiskOpenMode.Open => FileMode.Open,
                _ => FileMode.OpenOrCreate,
            },
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (ownerOnly && mode != DiskOpenMode.Open) options.UnixCreateMode = OwnerOnly;
        return new RealDiskFile(new FileStream(path, options));
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: false);

    public void Delete(string path) => File.Delete(path);

    /// <summary>The framework cannot open a directory, so this calls libc.</summary>
    public void SyncDirectory(string path)
    {
        int descriptor = Open(path, OpenDirectory);
        if (descriptor < 0) throw LastError(path);
        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (Sync(descriptor) != 0) throw LastError(path);
    }

    private static IOException LastError(string directory) =>
        new($"cannot sync the directory {directory}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);
}
