using System;
using System.Collections.Generic;
using Chain.Primitives;

namespace Chain.StateMachine.Store;

/// <summary>
/// No credit appears or vanishes: over the changed keys, what the new values hold equals what the old ones held, where
/// burned credits count as held and minted ones as negative. Checked after each block, before anything is persisted.
/// </summary>
public static class Conservation
{
    /// <summary>Throws <see cref="InvariantException"/> on a difference, and on a key that no part of the chain owns.</summary>
    public static void Holds(IStateReader before, IReadOnlyList<KeyValuePair<StateKey, byte[]?>> changes)
    {
        Int128 difference = 0;
        foreach ((StateKey key, byte[]? value) in changes)
        {
            SchemaEntry? entry = Schema.Find(key.Store, key.Bytes);
            Invariant.Holds(entry is not null, "every state key has a schema entry");
            if (entry.Held == SchemaEntry.HoldsNothing) continue;
            if (value is not null) difference += entry.Held(value);
            if (before.Get(key.Store, key.Bytes) is { } old) difference -= entry.Held(old);
        }
        if (difference == 0) return;
        string sum = difference.ToString(System.Globalization.NumberFormatInfo.InvariantInfo);
        throw new InvariantException($"credits are conserved: this block would create {sum} ncredit");
    }
}
