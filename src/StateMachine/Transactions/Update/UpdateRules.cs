using System.Collections.Generic;
using Chain.Primitives;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Update;

/// <summary>
/// Kind 4, without maintenance and snapshots. A provider that is suspended, jailed or leaving changes no fields, and its status
/// only from exiting to retired and from jailed to active. The way out of jail is here, not among the stakes: it is a change of
/// status, and needs no money when the stake is still enough. Leases and bids keep the terms that they were made on.
/// </summary>
public static class UpdateRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Update update = (Update)message;
        Provider? before = CapacityClock.LoadProvider(context, context.Sender);
        if (before is null) return ResultCode.NotFound;
        if (update.ChangesFields && !before.MayBid && before.Status != ProviderStatus.Paused) return ResultCode.BadState;
        ResultCode changed = ChangeStatus(context, before, update.Change, out Provider after);
        if (changed != ResultCode.Ok) return changed;
        if (!TryResize(after.Capacity, update.Capacity, out ClassCapacity[] capacity)) return ResultCode.Capacity;
        after = after with
        {
            Region = update.Region.Length == 0 ? after.Region : update.Region,
            EndpointHash = update.EndpointHash.IsZero ? after.EndpointHash : update.EndpointHash,
            Capacity = capacity,
        };
        Providers.Store(context.State, after);
        context.Emit(new Event("ProviderUpdated",
        [
            new("address", context.Sender),
            new("from", NameOf(before.Status)),
            new("to", NameOf(after.Status)),
            new("region", after.Region),
            new("endpoint_hash", after.EndpointHash),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode ChangeStatus(
        ExecutionContext context, Provider provider, StatusChange change, out Provider after)
    {
        if (change == StatusChange.Unjail) return Jails.TryLeave(context, provider, out after);
        bool isPaused = provider.Status == ProviderStatus.Paused;
        after = change switch
        {
            StatusChange.Pause => provider with
            {
                Status = ProviderStatus.Paused,
                PausedInProbation = provider.Status == ProviderStatus.Probation,
            },
            StatusChange.Resume => provider with
            {
                Status = provider.PausedInProbation ? ProviderStatus.Probation : ProviderStatus.Active,
                PausedInProbation = false,
            },
            StatusChange.Exit => provider with { Status = ProviderStatus.Exiting, PausedInProbation = false },
            StatusChange.Retire => provider with { Status = ProviderStatus.Retired },
            _ => provider,
        };
        bool isAllowed = change switch
        {
            StatusChange.Pause => provider.MayBid,
            StatusChange.Resume => isPaused,
            // A seat stands on the stake that an exit sets free: it is left first (kind 32).
            StatusChange.Exit => (provider.MayBid || isPaused) && Seats.Of(context.State, provider.Address) is null,
            StatusChange.Retire => provider.Status == ProviderStatus.Exiting && IsDone(provider),
            _ => true,
        };
        return isAllowed ? ResultCode.Ok : ResultCode.BadState;
    }

    /// <summary>No lease lives, no bid holds units, and the whole stake has been claimed.</summary>
    private static bool IsDone(Provider provider)
    {
        foreach (ClassCapacity entry in provider.Capacity)
        {
            if (entry.Reserved != 0) return false;
        }
        return provider.LiveLeases == 0 && provider.Stake.Held == 0;
    }

    /// <summary>False when a total is less than what bids and leases hold.</summary>
    private static bool TryResize(
        IReadOnlyList<ClassCapacity> now, IReadOnlyList<ClassCapacity> totals, out ClassCapacity[] resized)
    {
        SortedDictionary<ResourceClass, ClassCapacity> byClass = [];
        foreach (ClassCapacity entry in now) byClass[entry.Class] = entry;
        bool fits = true;
        foreach (ClassCapacity wanted in totals)
        {
            byClass.TryGetValue(wanted.Class, out ClassCapacity held);
            if (wanted.Total < held.Reserved + held.Leased) fits = false;
            byClass[wanted.Class] = new ClassCapacity(wanted.Class, wanted.Total, held.Reserved, held.Leased);
        }
        resized = [.. byClass.Values];
        return fits;
    }

    private static string NameOf(ProviderStatus status) => status switch
    {
        ProviderStatus.Probation => "probation",
        ProviderStatus.Active => "active",
        ProviderStatus.Paused => "paused",
        ProviderStatus.Exiting => "exiting",
        ProviderStatus.Retired => "retired",
        ProviderStatus.Jailed => "jailed",
        _ => throw new InvariantException("only these statuses are updated"),
    };
}
