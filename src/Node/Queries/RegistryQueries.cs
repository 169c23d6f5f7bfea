using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Accounts and those who hold roles.</summary>
internal static class RegistryQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/account/ADDRESS", "an account; one that nobody has used is empty", AccountOf),
        QueryEntry.One("/market/provider/ADDRESS", "a provider: stake, capacity, status", ProviderOf),
        QueryEntry.List(
            "/market/providers?region&status&min_cpu&min_memory&min_storage&min_gpus&gpu&min_reputation",
            "providers; units are what is free now",
            ProviderList),
        QueryEntry.One("/market/role/ROLE/ADDRESS", "whether an address is auditor, prober or juror, with its stake", RoleOf),
        QueryEntry.One("/market/grant/GRANTER/GRANTEE", "what one account may do for another", GrantOf),
        QueryEntry.List("/market/grants/[GRANTER]?grantee", "grants, of one granter or all", GrantList),
        QueryEntry.One("/market/did_document/ADDRESS", "the DID document that an account anchored", DidDocumentOf),
    ];

    /// <summary>An address that nobody has used answers an empty account, not an error: it can receive credits.</summary>
    private static QueryAnswer AccountOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return QueryAnswer.Bad("an account is named by its address");
        Account account = Ledger.Load(state, address);
        return QueryAnswer.Object(writer => RegistryJson.Account(writer, address, account));
    }

    private static QueryAnswer ProviderOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return QueryAnswer.Bad("a provider is named by its address");
        return Providers.Load(state, address) is { } provider
            ? QueryAnswer.Object(writer => RegistryJson.Provider(writer, provider))
            : QueryAnswer.NotFound($"there is no provider {address}");
    }

    private static QueryAnswer ProviderList(IStateReader state, QueryArguments arguments)
    {
        if (ProviderSearch.Read(arguments, out string error) is not { } search) return QueryAnswer.Bad(error);
        bool Matches(Provider provider) => search.Matches(state, provider);
        return new ListWalk<Provider>("providers", Schema.Key(Schema.Provider), Provider.TryDecode, Matches, RegistryJson.Provider)
            .Answer(state, arguments);
    }

    /// <summary><c>/market/role/auditor/chain1…</c>.</summary>
    private static QueryAnswer RoleOf(IStateReader state, QueryArguments arguments)
    {
        bool isNamed = RoleNames.TryParse(arguments.Text(0), out Role role) && role != Role.Provider;
        if (!isNamed || !arguments.TryAddress(1, out Address address))
        {
            return QueryAnswer.Bad("a role holder is named by auditor, prober or juror, and its address");
        }
        return RoleHolders.Load(state, role, address) is { } holder
            ? QueryAnswer.Object(writer => RegistryJson.RoleHolder(writer, holder))
            : QueryAnswer.NotFound($"{address} is no {RoleNames.Of(role)}");
    }

    /// <summary><c>/market/grant/GRANTER/GRANTEE</c>; an expired one stays until its record goes.</summary>
    private static QueryAnswer GrantOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address granter) || !arguments.TryAddress(1, out Address grantee))
        {
            return QueryAnswer.Bad("a grant is named by its granter's address and its grantee's");
        }
        return GrantStore.Read(state, granter, grantee) is { } grant
            ? QueryAnswer.Object(writer => RegistryJson.Grant(writer, grant))
            : QueryAnswer.NotFound($"{granter} lets {grantee} do nothing");
    }

    /// <summary><c>/market/grants/GRANTER</c>; without a granter, all grants.</summary>
    private static QueryAnswer GrantList(IStateReader state, QueryArguments arguments)
    {
        byte[] prefix = Schema.Key(Schema.Grant);
        if (arguments.TryAddress(0, out Address granter)) prefix = Schema.Key(Schema.Grant, granter);
        else if (arguments.KeyParts > 0) return QueryAnswer.Bad("a granter is named by its address");
        if (!arguments.TryAddressOption("grantee", out Address? grantee)) return QueryAnswer.Bad("grantee is no address");
        bool Matches(Grant grant) => grantee is null || grant.Grantee == grantee;
        return new ListWalk<Grant>("grants", prefix, Grant.TryDecode, Matches, RegistryJson.Grant).Answer(state, arguments);
    }

    private static QueryAnswer DidDocumentOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return QueryAnswer.Bad("an account is named by its address");
        return DidDocuments.Load(state, address) is { } document
            ? QueryAnswer.Object(writer => RegistryJson.DidDocument(writer, address, document))
            : QueryAnswer.NotFound($"{address} stands for no DID document");
    }
}
