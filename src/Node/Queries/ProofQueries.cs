using System;
using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Data sets and their challenges, anchored logs, epochs of probing.</summary>
internal static class ProofQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One(
            "/market/data_set/LEASE",
            "a stored data set; while a challenge is open, with the leaves that it asks for",
            DataSetOf),
        QueryEntry.One("/market/log/LEASE", "the roots of a log that a provider has anchored", LogOf),
        QueryEntry.One("/market/probes/EPOCH?lease", "an epoch of probing; of one lease, who is drawn and what was reported", ProbesOf),
        QueryEntry.One("/market/task/ID", "a redundant computation with its workers", TaskOf),
        QueryEntry.List("/market/tasks?requester&state", "redundant computations", TaskList),
        QueryEntry.One("/market/worker/ADDRESS", "how many results of a worker in a row were found right", WorkerOf),
    ];

    /// <summary><c>/market/data_set/LEASE</c>; while a challenge is open, with the leaves that it asks for.</summary>
    private static QueryAnswer DataSetOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong lease)) return QueryAnswer.Bad("a data set is named by its lease's number");
        if (DataSet.Load(state, lease) is not { } set) return QueryAnswer.NotFound($"lease {lease} has named no data");
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("lease_id", set.LeaseId);
            writer.Hash("root", set.Root);
            writer.UInt64("leaves", set.Leaves);
            writer.Address("named_by", set.By);
            writer.Enum("state", set.State);
            writer.Time("due", set.Due);
            writer.UInt64("faults", set.Faults);
            writer.Hash("seed", set.Seed);
            writer.WriteStartArray("challenged");
            ulong count = set.State == DataSetState.Open ? Parameters.Load(state).StorageChallenges : 0;
            foreach (ulong place in set.Challenged(count)) writer.WriteStringValue($"{place}");
            writer.WriteEndArray();
        });
    }

    private static QueryAnswer TaskOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("a task is named by its number");
        return TaskStore.Read(state, id) is { } task
            ? QueryAnswer.Object(writer => JusticeJson.Task(writer, task))
            : QueryAnswer.NotFound($"there is no task {id}");
    }

    private static QueryAnswer WorkerOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address worker)) return QueryAnswer.Bad("a worker is named by its address");
        return QueryAnswer.Object(writer =>
        {
            writer.Address("address", worker);
            writer.UInt64("right_results_in_a_row", WorkerStreak.Load(state, worker));
        });
    }

    private static QueryAnswer TaskList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("requester", out Address? requester)) return QueryAnswer.Bad("requester is no address");
        if (!arguments.TryEnumOption("state", out TaskState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(ComputeTask task) =>
            (requester is null || task.Requester == requester) && (wanted is null || task.State == wanted);
        return new ListWalk<ComputeTask>("tasks", Schema.Key(ProofSchema.Task), ComputeTask.TryDecode, Matches, JusticeJson.Task)
            .Answer(state, arguments);
    }

    private static QueryAnswer LogOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong lease)) return QueryAnswer.Bad("a log is named by its lease's number");
        if (AnchorLogRules.Find(state, lease) is not { } log) return QueryAnswer.NotFound($"lease {lease} has anchored no log");
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("lease_id", lease);
            writer.UInt64("index", log.Index);
            writer.Hash("root", log.Root);
        });
    }

    /// <summary><c>/market/probes/EPOCH</c>; with the option lease, who is drawn for it and what has been reported.</summary>
    private static QueryAnswer ProbesOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong number)) return QueryAnswer.Bad("an epoch is named by its number");
        if (!arguments.TryNumberOption("lease", out ulong? lease)) return QueryAnswer.Bad("lease is no number");
        if (ProbeBook.LoadEpoch(state, number) is not { } epoch) return QueryAnswer.NotFound($"epoch {number} is not being probed");
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("epoch", epoch.Number);
            writer.UInt64("begins", epoch.Begins);
            writer.UInt64("reveals_from", epoch.RevealsFrom);
            writer.UInt64("ends", epoch.Ends);
            writer.Hash("seed", epoch.Seed);
            writer.UInt64("judged", epoch.Judged);
            writer.UInt64("bad", epoch.Bad);
            Addresses("probers", Array.ConvertAll<DrawnProber, Address>([.. epoch.Probers], prober => prober.Address));
            if (lease is not { } id || LeaseStore.Read(state, id) is not { } found) return;
            Addresses("drawn", epoch.DrawnFor(id, found.Tenant, found.Provider, Parameters.Load(state)));
            writer.WriteStartArray("reports");
            foreach (ProbeReport report in ProbeBook.LoadSheet(state, number, id).Reports)
            {
                writer.WriteStartObject();
                writer.Address("prober", report.Prober);
                writer.UInt64("good", report.Good);
                writer.UInt64("samples", report.Samples);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();

            void Addresses(string name, IReadOnlyList<Address> addresses)
            {
                writer.WriteStartArray(name);
                foreach (Address address in addresses) writer.WriteStringValue(address.ToString());
                writer.WriteEndArray();
            }
        });
    }
}
