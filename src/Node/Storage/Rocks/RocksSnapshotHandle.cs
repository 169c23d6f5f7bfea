using System.Runtime.InteropServices;

namespace Chain.Node.Storage.Rocks;

/// <summary>A native snapshot and the read options that name it. Keeps its database open.</summary>
internal sealed class RocksSnapshotHandle : SafeHandle
{
    private readonly RocksDatabaseHandle _database;

    public RocksSnapshotHandle(RocksDatabaseHandle database) : base(0, ownsHandle: true)
    {
        _database = database;
        bool held = false;
        database.DangerousAddRef(ref held);
        SetHandle(LibRocksDb.CreateSnapshot(database.DangerousGetHandle()));
        ReadOptions = LibRocksDb.ReadOptionsCreate();
        LibRocksDb.ReadOptionsSetSnapshot(ReadOptions, handle);
    }

    public nint ReadOptions { get; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibRocksDb.ReadOptionsDestroy(ReadOptions);
        LibRocksDb.ReleaseSnapshot(_database.DangerousGetHandle(), handle);
        _database.DangerousRelease();
        return true;
    }
}
