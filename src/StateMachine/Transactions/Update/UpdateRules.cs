using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Update;

/// <summary>
/// Kind 4. A provider that is suspended, jailed or leaving changes no fields; what ends each of these stands in <see cref="StatusRules"/>.
/// Leases and bids keep the terms that they were made on.
/// </summary>
public static class UpdateRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Update update = (Update)message;
        if (CapacityClock.LoadProvider(context, context.Sender) is not { } stored) return ResultCode.NotFound;
        Provider before = SnapshotClock.AtTime(stored, context.Now);
        if (update.ChangesFields && !before.MayBid && before.Status != ProviderStatus.Paused) return ResultCode.BadState;
        ResultCode changed = StatusRules.Change(context, before, update.Change, out Provider after);
        if (changed == ResultCode.Ok && update.Snapshot is { } shown)
        {
            changed = UpkeepRules.Show(context, after, shown, update.Capacity, out after);
        }
        if (changed == ResultCode.Ok && update.Maintenance is { } window)
        {
            changed = UpkeepRules.Announce(context, after, window, out after);
        }
        if (changed != ResultCode.Ok) return changed;
        if (!TryResize(after.Capacity, update.Capacity, out ClassCapacity[] capacity)) return ResultCode.Capacity;
        if (capacity.Length > ProviderText.ClassesMax) return ResultCode.OverMaximum;
        after = after with
        {
            Region = update.Region.Length == 0 ? after.Region : update.Region,
            EndpointHash = update.EndpointHash.IsZero ? after.EndpointHash : update.EndpointHash,
            Capacity = capacity,
        };
        Providers.Store(context.State, after);
        SnapshotClock.Schedule(context.State, after);
        context.Emit(new Event("ProviderUpdated",
        [
            new("address", context.Sender),
            new("from", ProviderNames.Of(before.Status)),
            new("to", ProviderNames.Of(after.Status)),
            new("region", after.Region),
            new("endpoint_hash", after.EndpointHash),
        ]));
        return ResultCode.Ok;
    }

    /// <summary>False when a total is less than what bids and leases hold.</summary>
    private static bool TryResize(
        IReadOnlyList<ClassCapacity> now, IReadOnlyList<ClassCapacity> totals, out ClassCapacity[] resized)
    {
        List<ClassCapacity> entries = [.. now];
        bool fits = true;
        foreach (ClassCapacity wanted in totals)
        {
            int place = entries.FindIndex(entry => entry.CompareTo(wanted) == 0);
            if (place < 0)
            {
                entries.Add(wanted);
                continue;
            }
            if (wanted.Total < entries[place].Reserved + entries[place].Leased) fits = false;
            entries[place] = entries[place] with { Total = wanted.Total };
        }
        entries.Sort((left, right) => left.CompareTo(right));
        resized = [.. entries];
        return fits;
    }
}
