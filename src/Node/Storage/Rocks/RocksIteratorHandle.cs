using System;
using System.Runtime.InteropServices;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// A native iterator, its read options and the bounds to which they point. Keeps its source open: the database, or a snapshot
/// of it.
/// </summary>
internal sealed unsafe class RocksIteratorHandle : SafeHandle
{
    private readonly SafeHandle _source;
    private readonly nint _options;
    private readonly byte* _bounds;

    /// <param name="source">What must stay open: <paramref name="database"/> itself or the snapshot.</param>
    /// <param name="snapshot">The native snapshot, or 0 for the newest state.</param>
    public RocksIteratorHandle(
        SafeHandle source, RocksDatabaseHandle database, nint snapshot, Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
        : base(0, ownsHandle: true)
    {
        _source = source;
        bool held = false;
        source.DangerousAddRef(ref held);
        _options = LibRocksDb.ReadOptionsCreate();
        if (snapshot != 0) LibRocksDb.ReadOptionsSetSnapshot(_options, snapshot);
        _bounds = (byte*)NativeMemory.Alloc((nuint)from.Length + (nuint)to.Length);
        from.CopyTo(new Span<byte>(_bounds, from.Length));
        to.CopyTo(new Span<byte>(_bounds + from.Length, to.Length));
        if (!from.IsEmpty) LibRocksDb.ReadOptionsSetIterateLowerBound(_options, _bounds, (nuint)from.Length);
        if (!to.IsEmpty) LibRocksDb.ReadOptionsSetIterateUpperBound(_options, _bounds + from.Length, (nuint)to.Length);
        SetHandle(LibRocksDb.CreateIterator(database.DangerousGetHandle(), _options, database.Family(column)));
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibRocksDb.IteratorDestroy(handle);
        LibRocksDb.ReadOptionsDestroy(_options);
        NativeMemory.Free(_bounds);
        _source.DangerousRelease();
        return true;
    }
}
