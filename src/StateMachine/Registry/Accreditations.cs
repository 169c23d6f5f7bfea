using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// Who may act for others in a matter: hold a role that is by grant, or issue attestations of a schema. The first stand in
/// the genesis. The scope is a byte: a <see cref="Role"/>, or <see cref="SchemaScope"/> of an attestation schema.
/// </summary>
public static class Accreditations
{
    /// <summary>The scope "gives opinions on proposals".</summary>
    public const byte ScopePanel = 5;

    /// <summary>The scope "may delay proposals and stop kinds, with other guardians".</summary>
    public const byte ScopeGuardian = 6;

    private const int CodecVersion = 1;
    private const int SchemaScopeBase = 16;

    /// <summary>The scope "may attest under this schema".</summary>
    public static byte SchemaScope(byte schema) => (byte)(SchemaScopeBase + schema);

    public static byte RoleScope(Role role) => (byte)role;

    /// <summary>True for a role, a part in governance, and the scope of an attestation schema.</summary>
    public static bool IsScope(byte scope) =>
        scope is ScopePanel or ScopeGuardian or >= SchemaScopeBase || Enum.IsDefined((Role)scope);

    /// <summary>Who holds a scope at this time, by address ascending; as many as governance counts.</summary>
    public static List<Address> Holders(IStateReader state, byte scope, MarketTime now)
    {
        byte[] from = Schema.Key(Schema.Accreditation);
        List<Address> holders = [];
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Meta, from, Schema.RangeEnd(from)))
        {
            bool isHeld = pair.Key[^1] == scope && now < Decode(pair.Value);
            if (isHeld) holders.Add(Address.From(pair.Key.AsSpan(1, Address.Size)));
            if (holders.Count == GovernanceLimits.MembersMax) break;
        }
        return holders;
    }

    /// <summary>True when the address is accredited for the scope and the accreditation has not expired.</summary>
    public static bool Holds(IStateReader state, in Address address, byte scope, MarketTime now)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.Accreditation, address, scope));
        return bytes is not null && now < Decode(bytes);
    }

    public static void Remove(StateOverlay state, in Address address, byte scope) =>
        state.Delete(StoreId.Meta, Schema.Key(Schema.Accreditation, address, scope));

    public static void Store(StateOverlay state, in Address address, byte scope, MarketTime expires)
    {
        byte[] value = new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(expires.Seconds).ToArray();
        state.Put(StoreId.Meta, Schema.Key(Schema.Accreditation, address, scope), value);
    }

    private static MarketTime Decode(byte[] bytes)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        MarketTime expires = new(reader.UInt());
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored accreditation is canonical");
        return expires;
    }
}
