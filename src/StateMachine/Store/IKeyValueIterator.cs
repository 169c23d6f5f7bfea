using System;

namespace Chain.StateMachine.Store;

/// <summary>A walk over pairs. Stands before the first pair until <see cref="MoveNext"/> is called.</summary>
public interface IKeyValueIterator : IDisposable
{
    /// <summary>Valid until the next move.</summary>
    ReadOnlySpan<byte> Key { get; }

    /// <summary>Valid until the next move.</summary>
    ReadOnlySpan<byte> Value { get; }

    /// <summary>False past the last pair.</summary>
    bool MoveNext();
}
