using System;

namespace Chain.StateMachine.Store;

/// <summary>A key of the state: store and raw key. Ordered by store, then by bytes.</summary>
public readonly struct StateKey : IEquatable<StateKey>, IComparable<StateKey>
{
    private readonly byte[] _bytes;

    public StateKey(StoreId store, ReadOnlySpan<byte> key)
    {
        Store = store;
        _bytes = key.ToArray();
    }

    public StoreId Store { get; }

    /// <summary>The raw key, without the store.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public int CompareTo(StateKey other)
    {
        // As numbers: an enum's own comparison boxes both sides.
        int byStore = ((int)Store).CompareTo((int)other.Store);
        return byStore != 0 ? byStore : Bytes.SequenceCompareTo(other.Bytes);
    }

    public bool Equals(StateKey other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

    public override int GetHashCode()
    {
        // FNV-1a: the same in every process, for look-ups only.
        uint hash = 2166136261 ^ (uint)Store;
        foreach (byte b in Bytes) hash = unchecked((hash ^ b) * 16777619);
        return unchecked((int)hash);
    }

    public static bool operator ==(StateKey left, StateKey right) => left.Equals(right);

    public static bool operator !=(StateKey left, StateKey right) => !left.Equals(right);

    public static bool operator <(StateKey left, StateKey right) => left.CompareTo(right) < 0;

    public static bool operator >(StateKey left, StateKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(StateKey left, StateKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StateKey left, StateKey right) => left.CompareTo(right) >= 0;
}
