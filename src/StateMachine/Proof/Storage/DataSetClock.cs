using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>
/// The periods of a data set: idle, drawn, open, and then proven or faulted. The challenge is drawn after the root is fixed and known
/// for a short window only, so data that is not there cannot be fetched in advance.
/// </summary>
public static class DataSetClock
{
    /// <summary>The data set at the block's time; null when there is none, or its lease is over.</summary>
    public static DataSet? Load(ExecutionContext context, ulong leaseId)
    {
        DataSet? stored = DataSet.Load(context.State, leaseId);
        DataSet? set = stored;
        while (set is not null)
        {
            // Read, not brought to time: a lease brings its data set to time when it pays.
            Lease? lease = LeaseStore.Read(context.State, leaseId);
            if (lease is null || !lease.IsLive)
            {
                set.Delete(context.State);
                return null;
            }
            DataSet next = Step(context, set, lease);
            if (ReferenceEquals(next, set)) return set;
            next.Store(context.State, set);
            set = next;
        }
        return null;
    }

    /// <summary>A proof came in time; the next period begins.</summary>
    internal static DataSet Proven(ExecutionContext context, DataSet set, in Address provider)
    {
        ReputationBook.Count(context, provider, ReputationPart.Proof, isGood: true, ReputationMath.Million, context.Now);
        DataSet idle = set with
        {
            State = DataSetState.Idle,
            Seed = default,
            Faults = 0,
            Due = context.Now + context.Block.Parameters.ProvingPeriodSeconds,
        };
        Emit(context, "DataProven", set, idle);
        return idle;
    }

    internal static void Emit(ExecutionContext context, string happened, DataSet before, DataSet after) => context.Emit(new Event(happened,
    [
        new("lease", after.LeaseId),
        new("from", NameOf(before.State)),
        new("to", NameOf(after.State)),
        new("until", after.Due.Seconds),
        new("faults", after.Faults),
    ]));

    internal static string NameOf(DataSetState state) => state.ToString().ToLowerInvariant();

    private static DataSet Step(ExecutionContext context, DataSet set, Lease lease)
    {
        Parameters parameters = context.Block.Parameters;
        if (set.State == DataSetState.Drawing && Draws.Find(context.State, set.DrawRound, set.Due) is { } value)
        {
            DataSet open = set with
            {
                State = DataSetState.Open,
                DrawRound = 0,
                Seed = DrawMath.Seed(value.Value, "storage"u8, Schema.Key(0, set.LeaseId)),
                Due = value.At + parameters.ProvingWindowSeconds,
            };
            Emit(context, "DataChallenged", set, open);
            return open;
        }
        if (set.State == DataSetState.Proposed || set.Due > context.Now) return set;
        if (set.State == DataSetState.Open) return Fault(context, set, lease);
        if (set.State == DataSetState.Drawing)
        {
            // The beacon said nothing: that is no fault of the provider's, who could not clear an earlier one either.
            DataSet spared = set with
            {
                State = DataSetState.Idle,
                DrawRound = 0,
                Faults = 0,
                Due = set.Due + parameters.ProvingPeriodSeconds,
            };
            Emit(context, "DataSpared", set, spared);
            return spared;
        }
        ulong round = Draws.Request(context, TimedKind.DataSet, Schema.Key(ProofSchema.DataSet, set.LeaseId).AsSpan(1));
        DataSet drawing = set with
        {
            State = DataSetState.Drawing,
            DrawRound = round,
            Due = set.Due + parameters.ProvingWindowSeconds,
        };
        Emit(context, "DataDrawing", set, drawing);
        return drawing;
    }

    /// <summary>
    /// The period is lost, and the lease earns nothing until the next one is judged. Too many in a row jail the provider, and the lease
    /// ends with its epoch: it would go on for nothing for ever.
    /// </summary>
    private static DataSet Fault(ExecutionContext context, DataSet set, Lease lease)
    {
        ReputationBook.Count(context, lease.Provider, ReputationPart.Proof, isGood: false, ReputationMath.Million, set.Due);
        DataSet faulted = set with
        {
            State = DataSetState.Idle,
            Seed = default,
            Faults = set.Faults + 1,
            Due = set.Due + context.Block.Parameters.ProvingPeriodSeconds,
        };
        if (faulted.Faults >= context.Block.Parameters.ProofFaultsMax)
        {
            Provider provider = Payments.ProviderOf(context, lease.Provider);
            Providers.Store(context.State, Jails.Enter(context, provider, "storage"));
        }
        Emit(context, "DataFaulted", set, faulted);
        return faulted;
    }
}
