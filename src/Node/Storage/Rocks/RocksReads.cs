using System;
using System.Runtime.InteropServices;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>Reads that the store and its snapshots share.</summary>
internal static unsafe class RocksReads
{
    /// <param name="source">What must stay open during the call: <paramref name="database"/> itself or a snapshot of it.</param>
    public static byte[]? Get(
        SafeHandle source, RocksDatabaseHandle database, nint readOptions, Column column, ReadOnlySpan<byte> key)
    {
        bool held = false;
        try
        {
            source.DangerousAddRef(ref held);
            nint slice;
            byte* error = null;
            fixed (byte* start = key)
            {
                slice = LibRocksDb.GetPinned(
                    database.DangerousGetHandle(), readOptions, database.Family(column), start, (nuint)key.Length, &error);
            }
            RocksErrors.ThrowIfSet(error, "The database cannot be read");
            if (slice == 0) return null;
            byte* value = LibRocksDb.PinnableSliceValue(slice, out nuint length);
            byte[] copy = new ReadOnlySpan<byte>(value, (int)length).ToArray();
            LibRocksDb.PinnableSliceDestroy(slice);
            return copy;
        }
        finally
        {
            if (held) source.DangerousRelease();
        }
    }

    /// <param name="source">As in <see cref="Get"/>; the iterator keeps it open.</param>
    /// <param name="snapshot">The native snapshot, or 0 for the newest state.</param>
    public static IKeyValueIterator Iterate(
        SafeHandle source, RocksDatabaseHandle database, nint snapshot, Column column,
        ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending) =>
        new RocksIterator(database, new RocksIteratorHandle(source, database, snapshot, column, from, to), descending);
}
