using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.Node.Export;

/// <summary>A state that was read from a file, in memory.</summary>
public sealed class ImportedState
{
    internal ImportedState(StateFileHeader header, Hash256 sha256, List<KeyValuePair<StateKey, byte[]?>> pairs)
    {
        Header = header;
        Sha256 = sha256;
        Pairs = pairs;
        WriteBatch batch = new();
        MemoryStore store = new();
        State = new StateStore(store);
        AppHash = State.Prepare(header.Height, pairs, batch);
        store.Write(batch, sync: false);
    }

    public StateFileHeader Header { get; }

    /// <summary>Of the file's bytes.</summary>
    public Hash256 Sha256 { get; }

    /// <summary>Every pair, ascending.</summary>
    public IReadOnlyList<KeyValuePair<StateKey, byte[]?>> Pairs { get; }

    /// <summary>What the pairs add up to.</summary>
    public Hash256 AppHash { get; }

    /// <summary>The state as execution sees it.</summary>
    public StateStore State { get; }
}
