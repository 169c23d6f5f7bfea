using System;
using System.Collections.Generic;
using System.Text.Json;
using Chain.Node.Queries.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>What providers have proven of their capacity.</summary>
internal static class CapacityQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/capacity/PROVIDER", "what a provider has proven of each class, and what it may promise", CapacityOf),
        QueryEntry.List("/market/capacities?state", "proofs of capacity", CapacityList),
    ];

    /// <summary><c>/market/capacity/ADDRESS</c>: the proofs of a provider, and of each class what it may promise.</summary>
    private static QueryAnswer CapacityOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return QueryAnswer.Bad("a provider is named by its address");
        if (Providers.Load(state, address) is not { } provider) return QueryAnswer.NotFound($"there is no provider {address}");
        Parameters parameters = Parameters.Load(state);
        return QueryAnswer.Object(writer =>
        {
            if (CapacityProofs.Read(state, address) is { } proofs) Write(writer, proofs);
            else writer.WriteString("state", "not_entered");
            writer.WriteStartArray("usable");
            foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
            {
                ClassCapacity capacity = provider.SumOf(resource);
                if (capacity.Total == 0) continue;
                writer.WriteStartObject();
                writer.Enum("class", capacity.Class);
                writer.UInt64("unit", parameters.CapacityUnit(capacity.Class));
                writer.UInt64("declared", capacity.Total);
                writer.UInt64("usable", ProvenCapacity.UsableOf(state, parameters, address, capacity));
                writer.UInt64("promised", capacity.Reserved + capacity.Leased);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static QueryAnswer CapacityList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryEnumOption("state", out CapacityState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(CapacityProofs proofs) => wanted is null || proofs.State == wanted;
        return new ListWalk<CapacityProofs>("capacities", Schema.Key(ProofSchema.Capacity), CapacityProofs.TryDecode, Matches, Write)
            .Answer(state, arguments);
    }

    private static void Write(Utf8JsonWriter writer, CapacityProofs proofs)
    {
        writer.Address("provider", proofs.Provider);
        writer.Enum("state", proofs.State);
        writer.Time("due", proofs.Due);
        writer.Hash("seed", proofs.Seed);
        writer.WriteStartArray("classes");
        foreach (ClassProof proof in proofs.Classes)
        {
            writer.WriteStartObject();
            writer.Enum("class", proof.Class);
            writer.UInt64("challenged", proof.Challenged);
            writer.UInt64("shown", proof.MarkedCount);
            writer.WriteBoolean("is_judged", proof.IsJudged);
            writer.UInt64("proven", proof.Proven);
            writer.UInt64("fails", proof.Fails);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
