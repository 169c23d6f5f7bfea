using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Load and store of providers.</summary>
public static class Providers
{
    /// <summary>The provider at an address, or null.</summary>
    public static Provider? Load(IStateReader state, in Address address)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.Provider, address));
        return bytes is null ? null : Decode(bytes);
    }

    public static void Store(StateOverlay state, Provider provider) =>
        state.Put(StoreId.Market, Schema.Key(Schema.Provider, provider.Address), provider.Encode());

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Stake.Held;

    /// <summary>Bonded ncredit of an encoded provider; 0 for none.</summary>
    internal static ulong BondedOf(byte[]? value) => value is null ? 0 : Decode(value).Bonded;

    internal static Provider Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Provider.TryDecode(bytes, out Provider provider, out _);
        Invariant.Holds(isCanonical, "a stored provider is canonical");
        return provider;
    }
}
