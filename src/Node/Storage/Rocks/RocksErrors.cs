using System;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>Turns the library's error texts into what an operator can act on.</summary>
internal static class RocksErrors
{
    public static StorageException Of(string what, RocksDbException exception) =>
        new(what, exception.Message.TrimEnd('.', ' '), Remedy(exception.Message), exception);

    /// <summary>True when flushes or compactions are so far behind that a write has to wait; nothing of it was written.</summary>
    public static bool IsStall(RocksDbException exception) => Has(exception.Message, "Write stall");

    private static string Remedy(string error)
    {
        if (Has(error, "lock hold by current process") || Has(error, "LOCK: Resource temporarily unavailable"))
        {
            return "Another node, or another command, has this folder open: stop it first, or use another --home";
        }
        if (Has(error, "No space left on device") || Has(error, "Disk quota exceeded"))
        {
            return "The disk is full: free some space and start again; everything up to the last whole block is kept";
        }
        if (Has(error, "Write stall"))
        {
            return "A flush or compaction failed, most likely because the disk is full: free some space and start again; "
                + "everything up to the last whole block is kept";
        }
        if (Has(error, "Permission denied") || Has(error, "Read-only file system"))
        {
            return "This user must be able to write to the folder: correct its owner and mode";
        }
        if (Has(error, "Column families not opened"))
        {
            return "A newer version of this program wrote the folder: use that version";
        }
        return "If the disk is sound, the database is damaged: bring the folder back from a backup, or sync the node anew";
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
