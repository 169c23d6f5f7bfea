using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>Reads <c>app_state</c> of a genesis file.</summary>
internal static class AppStateParser
{
    public static IReadOnlyList<string> FieldNames { get; } =
        ["parameters", "accounts", "providers", "seats", "accreditations", "accesses", "state_file"];

    /// <summary>Values that the file names; the others keep their defaults. Those of consensus_params are not named here.</summary>
    public static void Parameters(FieldReader state, ulong[] values)
    {
        List<string> names = [];
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            if (!entry.Name.Contains('.', StringComparison.Ordinal)) names.Add(entry.Name);
        }
        if (state.Find("parameters") is null) return;
        FieldReader? parameters = state.Object("parameters", names);
        foreach (string name in names)
        {
            ParameterEntry entry = ParameterTable.Find(name)!;
            values[ParameterTable.PlaceOf(entry.Id)] = parameters?.UInt(name, entry.Default) ?? entry.Default;
        }
    }

    /// <summary>Line of a parameter, or of what it would stand in.</summary>
    public static int LineOf(FieldReader document, FieldReader? state, string name)
    {
        JsonValue? value = name.Contains('.', StringComparison.Ordinal)
            ? document.Find("consensus_params")
            : state?.Find("parameters");
        foreach (string part in name.Split('.'))
        {
            foreach ((string member, JsonValue inner) in value?.Members ?? [])
            {
                if (member != part) continue;
                value = inner;
                break;
            }
        }
        return value?.Line ?? document.Line;
    }

    public static List<GenesisAccount> Accounts(FieldReader state, List<GenesisError> errors)
    {
        List<GenesisAccount> accounts = [];
        foreach (JsonValue item in state.Items("accounts"))
        {
            FieldReader entry = new(item, errors, "address", "balance");
            accounts.Add(new GenesisAccount(entry.Address("address"), entry.UInt("balance") ?? 0));
        }
        return accounts;
    }

    public static List<GenesisProvider> Providers(FieldReader state, List<GenesisError> errors)
    {
        List<GenesisProvider> providers = [];
        foreach (JsonValue item in state.Items("providers"))
        {
            FieldReader entry = new(
                item, errors, "address", "stake", "region", "attributes", "capacity", "did", "endpoint_hash");
            providers.Add(new GenesisProvider(
                entry.Address("address"),
                entry.UInt("stake") ?? 0,
                entry.Text("region", ProviderText.RegionBytesMax),
                Attributes(entry),
                Capacity(entry, errors),
                entry.Text("did", ProviderText.DidBytesMax, ""),
                entry.OptionalHash("endpoint_hash") ?? default(Hash256)));
        }
        return providers;
    }

    public static List<GenesisSeat> Seats(FieldReader state, List<GenesisError> errors)
    {
        List<GenesisSeat> seats = [];
        foreach (JsonValue item in state.Items("seats"))
        {
            FieldReader entry = new(item, errors, "provider", "consensus_key", "node_key");
            seats.Add(new GenesisSeat(entry.Address("provider"), entry.PubKey("consensus_key"), entry.PubKey("node_key")));
        }
        return seats;
    }

    public static List<GenesisAccreditation> Accreditations(FieldReader state, List<GenesisError> errors)
    {
        List<GenesisAccreditation> accreditations = [];
        foreach (JsonValue item in state.Items("accreditations"))
        {
            FieldReader entry = new(item, errors, "address", "scope", "expires");
            byte scope = 0;
            if (entry.TextOrNull("scope", 16) is { } text && !ScopeNames.TryParse(text, out scope))
            {
                entry.Fail("scope", "must be provider, auditor, prober, juror or schema:N");
            }
            accreditations.Add(new GenesisAccreditation(entry.Address("address"), scope, entry.Time("expires")));
        }
        return accreditations;
    }

    public static List<GenesisAccess> Accesses(FieldReader state, List<GenesisError> errors)
    {
        List<GenesisAccess> accesses = [];
        foreach (JsonValue item in state.Items("accesses"))
        {
            FieldReader entry = new(item, errors, "node_key", "expires");
            accesses.Add(new GenesisAccess(entry.PubKey("node_key"), entry.Time("expires")));
        }
        return accesses;
    }

    /// <summary>Null where the genesis describes its state itself.</summary>
    public static GenesisStateFile? StateFile(FieldReader state)
    {
        if (state.Find("state_file") is null) return null;
        FieldReader? file = state.Object("state_file", "chain_id", "height", "sha256");
        if (file is null) return null;
        Hash256? sha256 = file.OptionalHash("sha256");
        if (sha256 is null) file.Fail("sha256", "must name the SHA-256 of the state file");
        return new GenesisStateFile(
            file.Text("chain_id", Limits.ChainIdBytesMax),
            (long)Math.Min(file.UInt("height") ?? 0, long.MaxValue),
            sha256 ?? default);
    }

    private static List<ProviderAttribute> Attributes(FieldReader provider)
    {
        List<ProviderAttribute> attributes = [];
        if (provider.Find("attributes") is not { } value) return attributes;
        if (value.Kind != JsonKind.Object) provider.Fail(value, "must be an object of texts");
        foreach ((string name, JsonValue text) in value.Members)
        {
            bool fits = text.Kind == JsonKind.Text
                && System.Text.Encoding.UTF8.GetByteCount(name) <= ProviderText.AttributeNameBytesMax
                && System.Text.Encoding.UTF8.GetByteCount(text.Text) <= ProviderText.AttributeValueBytesMax;
            if (!fits) provider.Fail(text, "names are text of at most 32 bytes, values of at most 64");
            attributes.Add(new ProviderAttribute(name, text.Text));
        }
        if (attributes.Count > ProviderText.AttributesMax) provider.Fail(value, $"at most {ProviderText.AttributesMax}");
        attributes.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return attributes;
    }

    private static List<ClassCapacity> Capacity(FieldReader provider, List<GenesisError> errors)
    {
        List<ClassCapacity> capacity = [];
        FieldReader? classes = provider.Object("capacity", ResourceNames.All);
        for (int i = 0; classes is not null && i < ResourceNames.Counted.Count; i++)
        {
            ulong units = classes.UInt(ResourceNames.All[i], 0) ?? 0;
            if (units > 0) capacity.Add(new ClassCapacity(ResourceNames.At(i), units));
        }
        foreach (JsonValue item in classes?.Items(ResourceNames.Gpus) ?? [])
        {
            FieldReader card = new(item, errors, "kind", "count");
            if (card.TextOrNull("kind", 64) is not { } text) continue;
            bool isKind = GpuKind.TryParse(text, out GpuKind kind) && kind.IsNamed;
            bool isNew = !capacity.Exists(entry => entry.Class == ResourceClass.Gpu && entry.Gpu == kind);
            if (!isKind || !isNew) card.Fail("kind", "names vendor, model and GiB of memory, once, for example nvidia/h100/80/sxm");
            else capacity.Add(ClassCapacity.OfGpu(kind, card.UInt("count") ?? 0));
        }
        capacity.Sort((left, right) => left.CompareTo(right));
        if (capacity.Count > ProviderText.ClassesMax) provider.Fail("capacity", $"at most {ProviderText.ClassesMax} entries");
        return capacity;
    }
}
