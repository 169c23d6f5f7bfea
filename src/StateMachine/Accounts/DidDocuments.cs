using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Accounts;

/// <summary>Load and store of what accounts say of their DID documents.</summary>
public static class DidDocuments
{
    public static DidDocument? Load(IStateReader state, in Address address)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.DidDocument, address));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Writes the record, or removes it where it is null.</summary>
    public static void Store(StateOverlay state, in Address address, DidDocument? document)
    {
        byte[] key = Schema.Key(Schema.DidDocument, address);
        if (document is null) state.Delete(StoreId.Market, key);
        else state.Put(StoreId.Market, key, document.Encode());
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).StorageDeposit;

    private static DidDocument Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = DidDocument.TryDecode(bytes, out DidDocument document, out _);
        Invariant.Holds(isCanonical, "a stored DID document hash is canonical");
        return document;
    }
}
