using System.Runtime.InteropServices;

namespace Chain.Benchmarks;

/// <summary>Options of RocksDB that the node does not set, for <see cref="RocksComparison"/>. As in <c>rocksdb/c.h</c> of 7.8.</summary>
internal static partial class RocksNative
{
    private const string Library = "librocksdb.so.7.8";

    [LibraryImport(Library, EntryPoint = "rocksdb_options_set_bytes_per_sync")]
    public static partial void SetBytesPerSync(nint options, ulong bytes);

    [LibraryImport(Library, EntryPoint = "rocksdb_options_set_wal_bytes_per_sync")]
    public static partial void SetWalBytesPerSync(nint options, ulong bytes);

    [LibraryImport(Library, EntryPoint = "rocksdb_options_set_compaction_style")]
    public static partial void SetCompactionStyle(nint options, int style);

    [LibraryImport(Library, EntryPoint = "rocksdb_options_set_bottommost_compression")]
    public static partial void SetBottommostCompression(nint options, int compression);

    [LibraryImport(Library, EntryPoint = "rocksdb_options_set_enable_pipelined_write")]
    public static partial void SetEnablePipelinedWrite(nint options, byte value);

    [LibraryImport(Library, EntryPoint = "rocksdb_options_set_prefix_extractor")]
    public static partial void SetPrefixExtractor(nint options, nint transform);

    [LibraryImport(Library, EntryPoint = "rocksdb_slicetransform_create_fixed_prefix")]
    public static partial nint CreateFixedPrefix(nuint bytes);

    [LibraryImport(Library, EntryPoint = "rocksdb_filterpolicy_create_ribbon_hybrid")]
    public static partial nint CreateRibbonHybrid(double bitsPerKey, int bloomBeforeLevel);
}
