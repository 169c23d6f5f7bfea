using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// Who may act for others in a matter: hold a role that is by grant, or issue attestations of a schema. The first stand in
/// the genesis. The scope is a byte: a <see cref="Role"/>, or <see cref="SchemaScope"/> of an attestation schema.
/// </summary>
public static class Accreditations
{
    private const int CodecVersion = 1;
    private const int SchemaScopeBase = 16;

    /// <summary>The scope "may attest under this schema".</summary>
    public static byte SchemaScope(byte schema) => (byte)(SchemaScopeBase + schema);

    public static byte RoleScope(Role role) => (byte)role;

    /// <summary>True when the address is accredited for the scope and the accreditation has not expired.</summary>
    public static bool Holds(IStateReader state, in Address address, byte scope, MarketTime now)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.Accreditation, address, scope));
        if (bytes is null) return false;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        MarketTime expires = new(reader.UInt());
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored accreditation is canonical");
        return now < expires;
    }

    /// <summary>True for a role, and for the scope of an attestation schema.</summary>
    public static bool IsScope(byte scope) => scope >= SchemaScopeBase || Enum.IsDefined((Role)scope);

    public static void Remove(StateOverlay state, in Address address, byte scope) =>
        state.Delete(StoreId.Meta, Schema.Key(Schema.Accreditation, address, scope));

    public static void Store(StateOverlay state, in Address address, byte scope, MarketTime expires)
    {
        byte[] value = new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(expires.Seconds).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.Accreditation, address, scope), value);
    }
}
