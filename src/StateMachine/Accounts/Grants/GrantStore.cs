using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>
/// Load and store of grants, by granter and grantee. Each has one entry in the timed queue, at <see cref="Grant.CleanUpAt"/>.
/// </summary>
public static class GrantStore
{
    /// <summary>The grant as it was written, or null. It may have expired.</summary>
    public static Grant? Read(IStateReader state, in Address granter, in Address grantee)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(granter, grantee));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Grants of an account that have a record, counted up to the most that it may have.</summary>
    public static int Count(IStateReader state, in Address granter)
    {
        byte[] from = Schema.Key(Schema.Grant, granter);
        int count = 0;
        foreach (KeyValuePair<byte[], byte[]> _ in state.Range(StoreId.Market, from, Schema.RangeEnd(from)))
        {
            if (++count == GrantLimits.PerAccountMax) break;
        }
        return count;
    }

    /// <summary>Writes a grant; <paramref name="before"/> is the record in its place, whose clean-up is called off.</summary>
    public static void Store(StateOverlay state, Grant grant, Grant? before)
    {
        byte[] key = Key(grant.Granter, grant.Grantee);
        state.Put(StoreId.Market, key, grant.Encode());
        if (before?.CleanUpAt == grant.CleanUpAt) return;
        if (before is not null) TimedQueue.Cancel(state, before.CleanUpAt, TimedKind.Grant, key.AsSpan(1));
        TimedQueue.Schedule(state, grant.CleanUpAt, TimedKind.Grant, key.AsSpan(1));
    }

    public static void Delete(StateOverlay state, Grant grant)
    {
        byte[] key = Key(grant.Granter, grant.Grantee);
        state.Delete(StoreId.Market, key);
        TimedQueue.Cancel(state, grant.CleanUpAt, TimedKind.Grant, key.AsSpan(1));
    }

    public static byte[] Key(in Address granter, in Address grantee) => [Schema.Grant, .. granter.Span, .. grantee.Span];

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).StorageDeposit;

    private static Grant Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Grant.TryDecode(bytes, out Grant grant, out _);
        Invariant.Holds(isCanonical, "a stored grant is canonical");
        return grant;
    }
}
