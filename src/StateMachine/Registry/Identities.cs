using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Which accounts show themselves to be the same person (attack A2). Who hides it pays the market fee for every lease with himself.</summary>
public static class Identities
{
    private static readonly Role[] OtherRoles = [Role.Auditor, Role.Prober, Role.Juror];

    /// <summary>True when both name the same DID or DID document, or when one may act for the other.</summary>
    public static bool AreLinked(ExecutionContext context, in Address first, in Address second)
    {
        StateOverlay state = context.State;
        if (Acts(context, first, second) || Acts(context, second, first)) return true;
        DidDocument? document = DidDocuments.Load(state, first);
        if (document is not null && document.Hash == DidDocuments.Load(state, second)?.Hash) return true;
        return Names(state, second, DidOf(state, first));
    }

    /// <summary>True when two providers name the same DID.</summary>
    public static bool ShareDid(Provider first, Provider second) =>
        first.Did.Length > 0 && string.Equals(first.Did, second.Did, StringComparison.Ordinal);

    private static bool Acts(ExecutionContext context, in Address granter, in Address grantee) =>
        GrantStore.Read(context.State, granter, grantee) is { } grant && grant.IsLiveAt(context.Block.Time);

    /// <summary>The first DID that an address gave with a role; empty for none.</summary>
    private static string DidOf(IStateReader state, in Address address)
    {
        if (Providers.Load(state, address) is { Did.Length: > 0 } provider) return provider.Did;
        foreach (Role role in OtherRoles)
        {
            if (RoleHolders.Load(state, role, address) is { Did.Length: > 0 } holder) return holder.Did;
        }
        return "";
    }

    private static bool Names(IStateReader state, in Address address, string did)
    {
        if (did.Length == 0) return false;
        if (Providers.Load(state, address) is { } provider && string.Equals(provider.Did, did, StringComparison.Ordinal)) return true;
        foreach (Role role in OtherRoles)
        {
            bool isSame = RoleHolders.Load(state, role, address) is { } holder
                && string.Equals(holder.Did, did, StringComparison.Ordinal);
            if (isSame) return true;
        }
        return false;
    }
}
