using System;

namespace Chain.StateMachine.Store;

/// <summary>
/// The port to a node's database. Adapters: RocksDB in the node, a memory twin here, and a twin that loses unsynced batches
/// for tests. Use after dispose throws <see cref="ObjectDisposedException"/> before any native code runs.
/// </summary>
public interface IKeyValueStore : IKeyValueReader, IDisposable
{
    /// <summary>Applies the whole batch or nothing; with <paramref name="sync"/> it survives power loss once this returns.</summary>
    void Write(WriteBatch batch, bool sync);

    IKeyValueSnapshot Snapshot();
}
