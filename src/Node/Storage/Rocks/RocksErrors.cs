using System;
using System.Runtime.InteropServices;

namespace Chain.Node.Storage.Rocks;

/// <summary>Turns the library's error texts into what an operator can act on.</summary>
internal static unsafe class RocksErrors
{
    /// <summary>Throws a <see cref="StorageException"/> where a call has set its error pointer, and frees the text.</summary>
    public static void ThrowIfSet(byte* error, string what)
    {
        if (error is null) return;
        string text = Marshal.PtrToStringUTF8((nint)error) ?? "";
        LibRocksDb.Free(error);
        throw new StorageException(what, text.TrimEnd('.', ' '), Remedy(text));
    }

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
