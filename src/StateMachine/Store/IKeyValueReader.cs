using System;

namespace Chain.StateMachine.Store;

/// <summary>Reads of a sorted key-value store. Keys are compared as unsigned bytes, a prefix before what extends it.</summary>
public interface IKeyValueReader
{
    /// <summary>A copy of the value, or null where there is none.</summary>
    byte[]? Get(Column column, ReadOnlySpan<byte> key);

    /// <summary>
    /// Walks the pairs with <c>from ≤ key &lt; to</c>, ascending or descending. An empty <paramref name="to"/> means "to the
    /// end of the column". The walk sees the store as it was when it began. Dispose it before the store.
    /// </summary>
    IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false);
}
