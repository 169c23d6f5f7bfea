using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// Suspends a provider that did not post a snapshot of its capacity in time (marketplace.md 5.2). It stops bidding at that very time, since
/// <see cref="Provider.MayBidAt"/> looks at the deadline; the move writes it down.
/// </summary>
public static class SnapshotClock
{
    /// <summary>Length of a period; where none is asked for, a snapshot may come once an epoch.</summary>
    public static ulong PeriodSeconds(Parameters parameters) =>
        parameters.EpochSeconds * (parameters.SnapshotEpochs == 0 ? 1 : parameters.SnapshotEpochs);

    /// <summary>The number of the period that a time is in.</summary>
    public static ulong PeriodOf(MarketTime now, Parameters parameters) => now.Seconds / PeriodSeconds(parameters);

    /// <summary>Whoever was heard of at a time has until the end of the next period; the zero time where nothing is asked for.</summary>
    public static MarketTime DueAfter(MarketTime now, Parameters parameters) => parameters.SnapshotEpochs == 0
        ? default
        : new MarketTime((PeriodOf(now, parameters) + 2) * PeriodSeconds(parameters));

    /// <summary>Has the deadline looked at; doing it again changes nothing.</summary>
    public static void Schedule(StateOverlay state, Provider provider)
    {
        if (!provider.MayBid || provider.SnapshotDue == default) return;
        TimedQueue.Schedule(state, provider.SnapshotDue, TimedKind.Snapshot, provider.Address.Span);
    }

    public static void Cancel(StateOverlay state, Provider provider)
    {
        if (provider.SnapshotDue == default) return;
        TimedQueue.Cancel(state, provider.SnapshotDue, TimedKind.Snapshot, provider.Address.Span);
    }

    internal static void Move(ExecutionContext context, byte[] id)
    {
        Provider? provider = Providers.Load(context.State, Address.From(id));
        if (provider is null || !provider.MayBid || !provider.IsSnapshotMissing(context.Now)) return;
        Provider suspended = Suspended(provider);
        Providers.Store(context.State, suspended);
        context.Emit(new Event("ProviderSuspended",
        [
            new("address", provider.Address),
            new("from", ProviderNames.Of(provider.Status)),
            new("to", ProviderNames.Of(suspended.Status)),
            new("due", provider.SnapshotDue.Seconds),
        ]));
    }

    /// <summary>The provider as it is once its deadline has passed.</summary>
    public static Provider AtTime(Provider provider, MarketTime now) =>
        provider.MayBid && provider.IsSnapshotMissing(now) ? Suspended(provider) : provider;

    private static Provider Suspended(Provider provider) => provider with
    {
        Status = ProviderStatus.Suspended,
        ReturnsToProbation = provider.Status == ProviderStatus.Probation,
    };
}
