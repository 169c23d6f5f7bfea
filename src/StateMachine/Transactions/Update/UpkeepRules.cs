using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Update;

/// <summary>Maintenance that a provider announces, and the snapshots that it posts (marketplace.md 5.4, kind 4).</summary>
internal static class UpkeepRules
{
    /// <summary>
    /// Adds a window: announced early enough that no epoch which it touches has begun, apart from the others, and within the
    /// allowance of the period in which it begins.
    /// </summary>
    public static ResultCode Announce(ExecutionContext context, Provider provider, MaintenanceWindow asked, out Provider after)
    {
        Parameters parameters = context.Block.Parameters;
        after = provider;
        if (provider.Status is ProviderStatus.Retired or ProviderStatus.Jailed) return ResultCode.BadState;
        if (asked.From < context.Now + parameters.MaintenanceLeadSeconds) return ResultCode.TooLate;
        ulong epoch = parameters.EpochSeconds;
        ulong begins = asked.From.Seconds / epoch;
        ulong ends = ((asked.To.Seconds - 1) / epoch) + 1;
        if (ends - begins > parameters.MaintenanceSecondsMax / epoch) return ResultCode.OverMaximum;
        MaintenanceWindow window = asked with { ChargedSeconds = (ends - begins) * epoch };
        ulong period = parameters.MaintenancePeriodSeconds;
        ulong charged = window.ChargedSeconds;
        List<MaintenanceWindow> kept = [];
        foreach (MaintenanceWindow old in provider.Maintenance)
        {
            if (old.From < asked.To && asked.From < old.To) return ResultCode.Exists;
            bool isSamePeriod = old.From.Seconds / period == asked.From.Seconds / period;
            if (isSamePeriod) charged += old.ChargedSeconds;
            // Leases that are brought to time late still ask about windows of the past.
            if (isSamePeriod || old.To + period > context.Now) kept.Add(old);
        }
        if (charged > parameters.MaintenanceSecondsMax || kept.Count == MaintenanceWindow.Max) return ResultCode.OverMaximum;
        kept.Add(window);
        after = provider with { Maintenance = kept };
        context.Emit(new Event("MaintenanceSet",
        [
            new("provider", provider.Address),
            new("from_time", window.From.Seconds),
            new("to_time", window.To.Seconds),
            new("charged", window.ChargedSeconds),
            new("charged_in_period", charged),
        ]));
        return ResultCode.Ok;
    }

    /// <summary>Takes the running period's snapshot, once; it lists all that the provider has, and ends a suspension.</summary>
    public static ResultCode Show(
        ExecutionContext context, Provider provider, CapacitySnapshot shown, IReadOnlyList<ClassCapacity> listed, out Provider after)
    {
        Parameters parameters = context.Block.Parameters;
        after = provider;
        bool isSuspended = provider.Status == ProviderStatus.Suspended;
        if (!provider.MayBid && !isSuspended && provider.Status != ProviderStatus.Paused) return ResultCode.BadState;
        ulong period = SnapshotClock.PeriodOf(context.Now, parameters);
        if (shown.Period != period) return shown.Period < period ? ResultCode.TooLate : ResultCode.TooEarly;
        if (provider.Snapshot?.Period == period) return ResultCode.AlreadyDone;
        if (listed.Count != provider.Capacity.Count) return ResultCode.BadSchema;
        for (int i = 0; i < listed.Count; i++)
        {
            if (listed[i].CompareTo(provider.Capacity[i]) != 0) return ResultCode.BadSchema;
        }
        SnapshotClock.Cancel(context.State, provider);
        after = provider with { Snapshot = shown, SnapshotDue = SnapshotClock.DueAfter(context.Now, parameters) };
        if (isSuspended) after = StatusRules.Returned(after);
        context.Emit(new Event("SnapshotPosted",
        [
            new("provider", provider.Address),
            new("period", period),
            new("hash", shown.Hash),
            new("due", after.SnapshotDue.Seconds),
        ]));
        return ResultCode.Ok;
    }
}
