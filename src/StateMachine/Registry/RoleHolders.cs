using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Load and store of auditors, probers and jurors.</summary>
public static class RoleHolders
{
    /// <summary>The holder of a role at an address, or null. Providers stand in <see cref="Providers"/>.</summary>
    public static RoleHolder? Load(IStateReader state, Role role, in Address address)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.RoleHolder, (byte)role, address));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Everybody with a role, by address ascending.</summary>
    public static List<RoleHolder> All(IStateReader state, Role role)
    {
        byte[] from = [Schema.RoleHolder, (byte)role];
        List<RoleHolder> holders = [];
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Market, from, Schema.RangeEnd(from)))
        {
            holders.Add(Decode(pair.Value));
        }
        return holders;
    }

    public static void Store(StateOverlay state, RoleHolder holder) =>
        state.Put(StoreId.Market, Schema.Key(Schema.RoleHolder, (byte)holder.Role, holder.Address), holder.Encode());

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Stake.Held;

    /// <summary>Bonded ncredit of an encoded holder.</summary>
    internal static ulong BondedOf(byte[] value) => Decode(value).Stake.Bonded;

    private static RoleHolder Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = RoleHolder.TryDecode(bytes, out RoleHolder holder, out _);
        Invariant.Holds(isCanonical, "a stored role holder is canonical");
        return holder;
    }
}
