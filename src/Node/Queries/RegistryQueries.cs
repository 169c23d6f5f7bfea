using System;
using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Accounts and those who hold roles.</summary>
internal static class RegistryQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        new QueryEntry("/market/account", false, AccountOf),
        new QueryEntry("/market/provider", false, ProviderOf),
        new QueryEntry("/market/providers", true, ProviderList),
        new QueryEntry("/market/role", false, RoleOf),
    ];

    /// <summary>An address that nobody has used answers an empty account, not an error: it can receive credits.</summary>
    private static QueryAnswer AccountOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return ListWalk.Bad("an account is named by its address");
        Account account = Ledger.Load(state, address);
        return QueryAnswer.Object(writer => RegistryJson.Account(writer, address, account));
    }

    private static QueryAnswer ProviderOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return ListWalk.Bad("a provider is named by its address");
        return Providers.Load(state, address) is { } provider
            ? QueryAnswer.Object(writer => RegistryJson.Provider(writer, provider))
            : QueryAnswer.Fail(ResultCode.NotFound, $"there is no provider {address}");
    }

    private static QueryAnswer ProviderList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryEnumOption("status", out ProviderStatus? status)) return ListWalk.Bad("unknown status");
        string? region = arguments.Option("region");
        return ListWalk.Answer(state, arguments, "providers", Schema.Key(Schema.Provider), (value, writer) =>
        {
            bool isCanonical = Provider.TryDecode(value, out Provider provider, out _);
            Invariant.Holds(isCanonical, "a stored provider is canonical");
            if (status is not null && provider.Status != status) return false;
            if (region is not null && !string.Equals(provider.Region, region, StringComparison.Ordinal)) return false;
            writer.WriteStartObject();
            RegistryJson.Provider(writer, provider);
            writer.WriteEndObject();
            return true;
        });
    }

    /// <summary><c>/market/role/auditor/chain1…</c>.</summary>
    private static QueryAnswer RoleOf(IStateReader state, QueryArguments arguments)
    {
        bool isNamed = RoleNames.TryParse(arguments.Text(0), out Role role) && role != Role.Provider;
        if (!isNamed || !arguments.TryAddress(1, out Address address))
        {
            return ListWalk.Bad("a role holder is named by auditor, prober or juror, and its address");
        }
        return RoleHolders.Load(state, role, address) is { } holder
            ? QueryAnswer.Object(writer => RegistryJson.RoleHolder(writer, holder))
            : QueryAnswer.Fail(ResultCode.NotFound, $"{address} is no {RoleNames.Of(role)}");
    }
}
