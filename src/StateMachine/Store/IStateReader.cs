using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>What execution reads: the flat state, newest values. It never walks the tree.</summary>
public interface IStateReader
{
    /// <summary>The value, or null. The array is shared: do not change it.</summary>
    byte[]? Get(StoreId store, ReadOnlySpan<byte> key);

    /// <summary>Pairs with <c>from ≤ key &lt; to</c> of one store, ascending. Arrays are shared: do not change them.</summary>
    IEnumerable<KeyValuePair<byte[], byte[]>> Range(StoreId store, byte[] from, byte[] to);
}
