using System.Collections.Generic;
using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Queries.Json;

/// <summary>Fields of accounts and their grants, providers and role holders.</summary>
internal static class RegistryJson
{
    public static void Account(Utf8JsonWriter writer, in Address address, Account account)
    {
        writer.Address("address", address);
        writer.UInt64("balance", account.Balance);
        if (account.Key is { } key) writer.WriteString("public_key", Hex.Lower(key.Span));
        else writer.WriteNull("public_key");
        writer.UInt64("emptied_at", account.EmptiedAt);
        writer.WriteStartArray("lanes");
        foreach (LaneSequence lane in account.Lanes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("lane", lane.Lane);
            writer.UInt64("next_sequence", lane.Next);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Provider(Utf8JsonWriter writer, Provider provider)
    {
        writer.Address("address", provider.Address);
        writer.Enum("status", provider.Status);
        Stake(writer, provider.Stake);
        writer.WriteString("region", provider.Region);
        Attributes(writer, provider.Attributes);
        writer.WriteStartArray("capacity");
        foreach (ClassCapacity capacity in provider.Capacity)
        {
            writer.WriteStartObject();
            writer.Enum("class", capacity.Class);
            if (capacity.Class == ResourceClass.Gpu) writer.WriteString("gpu", capacity.Gpu.ToString());
            writer.UInt64("total", capacity.Total);
            writer.UInt64("reserved", capacity.Reserved);
            writer.UInt64("leased", capacity.Leased);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("did", provider.Did);
        writer.Hash("endpoint_hash", provider.EndpointHash);
        writer.WriteNumber("schema_version", provider.SchemaVersion);
        writer.Time("registered_at", provider.RegisteredAt);
        writer.UInt64("live_leases", provider.LiveLeases);
        writer.Time("snapshot_due", provider.SnapshotDue);
        writer.WriteStartArray("maintenance");
        foreach (MaintenanceWindow window in provider.Maintenance)
        {
            writer.WriteStartObject();
            writer.Time("from", window.From);
            writer.Time("to", window.To);
            writer.UInt64("charged_seconds", window.ChargedSeconds);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Resources(Utf8JsonWriter writer, ResourceVector units)
    {
        writer.WriteStartObject("resources");
        writer.UInt64("cpu_milli", units.CpuMilli);
        writer.UInt64("memory_mib", units.MemoryMib);
        writer.UInt64("storage_gib", units.StorageGib);
        writer.UInt64("gpus", units.Gpus);
        writer.WriteString("gpu", units.Gpus == 0 ? "" : units.Gpu.ToString());
        writer.WriteEndObject();
    }

    public static void RoleHolder(Utf8JsonWriter writer, RoleHolder holder)
    {
        writer.WriteString("role", RoleNames.Of(holder.Role));
        writer.Address("address", holder.Address);
        Stake(writer, holder.Stake);
        writer.WriteString("did", holder.Did);
        writer.Time("registered_at", holder.RegisteredAt);
    }

    public static void Grant(Utf8JsonWriter writer, Grant grant)
    {
        GrantTerms terms = grant.Terms;
        writer.Address("granter", grant.Granter);
        writer.Address("grantee", grant.Grantee);
        writer.WriteStartArray("kinds");
        foreach (MessageKind kind in terms.Kinds.Kinds()) writer.WriteStringValue(SnakeCase.Of(kind));
        writer.WriteEndArray();
        writer.WriteString("target", terms.Target.ToString());
        writer.UInt64("cap", terms.Cap);
        writer.UInt64("spent", grant.Spent);
        writer.UInt64("left", grant.Left);
        writer.WriteBoolean("pays_fees", terms.PaysFees);
        writer.UInt64("expires_at", terms.ExpiresAt);
        writer.UInt64("storage_deposit", grant.StorageDeposit);
    }

    public static void DidDocument(Utf8JsonWriter writer, in Address address, DidDocument document)
    {
        writer.Address("address", address);
        writer.Hash("hash", document.Hash);
        writer.UInt64("storage_deposit", document.StorageDeposit);
    }

    public static void Attributes(Utf8JsonWriter writer, IReadOnlyList<ProviderAttribute> attributes)
    {
        writer.WriteStartArray("attributes");
        foreach (ProviderAttribute attribute in attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", attribute.Name);
            writer.WriteString("value", attribute.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Stake(Utf8JsonWriter writer, StakeBalance stake)
    {
        writer.WriteStartObject("stake");
        writer.UInt64("bonded", stake.Bonded);
        writer.UInt64("locked", stake.Locked);
        writer.WriteStartArray("unbonding");
        foreach (UnbondingEntry entry in stake.Unbonding)
        {
            writer.WriteStartObject();
            writer.UInt64("amount", entry.Amount);
            writer.Time("due", entry.Due);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
