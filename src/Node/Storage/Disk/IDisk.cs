using System.Collections.Generic;

namespace Chain.Node.Storage.Disk;

/// <summary>
/// The part of a file system on which safety rests: the log and the signer's state know no other way to the disk, so that a
/// test can hand them one that fails. Paths are absolute. All methods throw <see cref="System.IO.IOException"/> or
/// <see cref="System.UnauthorizedAccessException"/> where the disk or its rules refuse.
/// </summary>
/// <remarks>
/// What is promised after a power failure: the bytes that a file had at its last <see cref="IDiskFile.Sync"/>, and the
/// entries that a directory had at its last <see cref="SyncDirectory"/>. Later writes are there in any part and in any order,
/// but each sector of 512 bytes whole or not at all.
/// </remarks>
public interface IDisk
{
    /// <summary>Creates the directory, and those above it, where they are missing; their entries are on the disk when this returns.</summary>
    /// <param name="ownerOnly">Mode 0700 for the directories that are created; an existing one keeps its mode.</param>
    void CreateDirectory(string path, bool ownerOnly = false);

    /// <summary>True when a file, not a directory, has this name.</summary>
    bool FileExists(string path);

    /// <summary>Paths of the files in a directory that exists, in no order.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Opens a file for reading and writing; nobody else can until it is disposed.</summary>
    /// <param name="ownerOnly">Mode 0600 for a file that is created; an existing one keeps its mode.</param>
    IDiskFile Open(string path, DiskOpenMode mode, bool ownerOnly = false);

    /// <summary>Gives a file another name in the same directory, at once. A name that is taken is refused.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file; nothing where it is missing.</summary>
    void Delete(string path);

    /// <summary>Makes created, renamed and deleted entries of a directory durable.</summary>
    void SyncDirectory(string path);
}
