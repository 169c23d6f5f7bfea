using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>The calls of the library for which the package has no typed method.</summary>
internal static class RocksNative
{
    /// <summary>A walk that ends at a damaged block ends as one at its last pair does; only this tells them apart.</summary>
    public static void CheckError(Iterator iterator) => Native.Instance.rocksdb_iter_get_error(iterator.Handle);

    /// <summary>Makes all earlier batches durable without writing another.</summary>
    public static void SyncLog(RocksDb database) => Native.Instance.rocksdb_flush_wal(database.Handle, Native.MarshalBool(true));

    /// <summary>The typed options know the two older ones, for compactions and for flushes, alone.</summary>
    public static void SetMaxBackgroundJobs(DbOptions options, int count) =>
        Native.Instance.rocksdb_options_set_max_background_jobs(options.Handle, count);

    /// <summary>Whole keys go into a memtable's bloom filter: without it and without a prefix the filter stays empty.</summary>
    public static void SetMemtableWholeKeyFiltering(ColumnFamilyOptions options) =>
        Native.Instance.rocksdb_options_set_memtable_whole_key_filtering(options.Handle, Native.MarshalBool(true));

    /// <summary>A write that would have to wait fails instead, as <see cref="RocksErrors.IsStall"/> tells.</summary>
    public static WriteOptions SetNoSlowdown(WriteOptions options)
    {
        Native.Instance.rocksdb_writeoptions_set_no_slowdown(options.Handle, Native.MarshalBool(true));
        return options;
    }
}
