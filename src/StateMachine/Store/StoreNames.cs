using System;
using System.Collections.Generic;
using System.Text;
using Chain.Primitives;

namespace Chain.StateMachine.Store;

/// <summary>Names of the stores, as query paths and proofs carry them.</summary>
public static class StoreNames
{
    private static readonly StoreId[] Sorted = [StoreId.Ibc, StoreId.Market, StoreId.Meta];

    /// <summary>Every store, in the byte order of their names, which is also that of their numbers.</summary>
    public static IReadOnlyList<StoreId> All => Sorted;

    public static string NameOf(StoreId store)
    {
        Invariant.Holds(store is >= StoreId.Ibc and <= StoreId.Meta, "the store exists");
        return store switch { StoreId.Ibc => "ibc", StoreId.Market => "market", _ => "meta" };
    }

    /// <summary>False for a name that no store has.</summary>
    public static bool TryParse(string name, out StoreId store)
    {
        foreach (StoreId candidate in Sorted)
        {
            store = candidate;
            if (string.Equals(NameOf(candidate), name, StringComparison.Ordinal)) return true;
        }
        store = default;
        return false;
    }

    internal static byte[] BytesOf(StoreId store) => Encoding.UTF8.GetBytes(NameOf(store));
}
