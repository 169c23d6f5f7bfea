using System;
using Chain.StateMachine.Store;
using Chain.Tests.Shared.Disk;

namespace Chain.Node.Tests.Crashes;

/// <summary>A store whose writes are operations of the machine: it may stop before each.</summary>
internal sealed class SteppedStore(IKeyValueStore store, SimulatedDisk disk) : IKeyValueStore
{
    public byte[]? Get(Column column, ReadOnlySpan<byte> key) => store.Get(column, key);

    public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false) =>
        store.Iterate(column, from, to, descending);

    public IKeyValueSnapshot Snapshot() => store.Snapshot();

    public void Write(WriteBatch batch, bool sync)
    {
        disk.Step();
        store.Write(batch, sync);
    }

    public void Dispose() => store.Dispose();
}
