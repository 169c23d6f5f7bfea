using System;
using System.Runtime.InteropServices;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// An open database with its column families and its read and write options. Iterators and snapshots each hold a reference,
/// as does every call while it runs, so the native close waits for the last of them: a build with assertions aborts otherwise.
/// </summary>
internal sealed class RocksDatabaseHandle : SafeHandle
{
    private readonly nint[] _families;
    private volatile bool _isDisposed;

    public RocksDatabaseHandle(nint database, nint[] families) : base(0, ownsHandle: true)
    {
        _families = families;
        FamilyIds = Array.ConvertAll(families, LibRocksDb.ColumnFamilyGetId);
        ReadOptions = LibRocksDb.ReadOptionsCreate();
        WriteOptions = LibRocksDb.WriteOptionsCreate();
        SyncOptions = LibRocksDb.WriteOptionsCreate();
        LibRocksDb.WriteOptionsSetSync(SyncOptions, 1);
        SetHandle(database);
    }

    /// <summary>Indexed by <see cref="Column"/>: the number of its family in a batch.</summary>
    public uint[] FamilyIds { get; }

    /// <summary>Reads the newest state.</summary>
    public nint ReadOptions { get; }

    public nint WriteOptions { get; }

    public nint SyncOptions { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>True from the call of Dispose on, while <see cref="SafeHandle.IsClosed"/> waits for the last reference.</summary>
    public bool IsDisposed => _isDisposed;

    /// <summary>Valid while the caller holds a reference, as <see cref="SafeHandle.DangerousGetHandle"/> is.</summary>
    public nint Family(Column column) => _families[(int)column];

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        LibRocksDb.ReadOptionsDestroy(ReadOptions);
        LibRocksDb.WriteOptionsDestroy(WriteOptions);
        LibRocksDb.WriteOptionsDestroy(SyncOptions);
        foreach (nint family in _families) LibRocksDb.ColumnFamilyDestroy(family);
        LibRocksDb.Close(handle);
        return true;
    }
}
