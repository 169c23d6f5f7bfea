using System;
using Chain.StateMachine.Store;
using Chain.Tests.Shared.Disk;

namespace Chain.Simulator.Cluster;

/// <summary>A node's database for one life. Each write is a moment at which the machine may stop, as those of the disk are.</summary>
internal sealed class SteppingStore(LossyStore store, SimulatedDisk disk) : IKeyValueStore
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

    public void Dispose() { }
}
