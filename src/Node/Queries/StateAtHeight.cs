using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>The state as it was after the block of a kept height. It finds single keys; ranges exist for the newest state alone.</summary>
internal sealed class StateAtHeight(StateStore state, Height height) : IStateReader
{
    public byte[]? Get(StoreId store, ReadOnlySpan<byte> key) => state.GetAt(store, key, height);

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to) =>
        throw new InvariantException("a past state is not walked");
}
