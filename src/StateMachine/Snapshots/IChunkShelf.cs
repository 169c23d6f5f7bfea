using System;

namespace Chain.StateMachine.Snapshots;

/// <summary>Where the verified chunks of one snapshot lie until all are there.</summary>
public interface IChunkShelf
{
    bool Has(int index);

    void Put(int index, ReadOnlySpan<byte> encoded);

    /// <summary>A chunk that is here, as it was put.</summary>
    byte[] Load(int index);
}
