using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Parameters, the sums of credits, and who validates.</summary>
internal static class ChainQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/params", "the chain's parameters", Params),
        QueryEntry.One("/market/supply", "all credits: who holds them, what was burned", Supply),
        QueryEntry.One("/market/validators", "the set that votes now, with proposer priorities", Validators),
    ];

    /// <summary>Every parameter by its genesis name.</summary>
    private static QueryAnswer Params(IStateReader state, QueryArguments arguments)
    {
        Parameters parameters = Parameters.Load(state);
        return QueryAnswer.Object(writer =>
        {
            foreach (ParameterEntry entry in ParameterTable.Entries) writer.UInt64(entry.Name, parameters[entry.Id]);
        });
    }

    /// <summary>Credits in existence and in the pools, ncredit. In existence is minted less burned.</summary>
    private static QueryAnswer Supply(IStateReader state, QueryArguments arguments)
    {
        PoolBalances pools = Pools.Load(state);
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("total", pools.Minted - pools.Burned);
            writer.UInt64("minted", pools.Minted);
            writer.UInt64("burned", pools.Burned);
            writer.UInt64("treasury", pools.Treasury);
            writer.UInt64("validator_rewards", pools.ValidatorRewards);
            writer.UInt64("reliability", pools.Reliability);
        });
    }

    /// <summary>The set of the next height with the provider behind each seat. Consensus addresses print as CometBFT's.</summary>
    private static QueryAnswer Validators(IStateReader state, QueryArguments arguments)
    {
        ValidatorSet set = ValidatorSets.Next(state);
        return QueryAnswer.Object(writer =>
        {
            writer.Int64("total_power", set.TotalPower);
            writer.WriteStartArray("validators");
            foreach (Validator validator in set.Validators)
            {
                writer.WriteStartObject();
                writer.WriteString("address", validator.Address.ToHex());
                writer.WriteString("public_key", Hex.Lower(validator.PublicKey.Span));
                writer.Int64("power", validator.Power);
                writer.Int64("proposer_priority", validator.ProposerPriority);
                // A seat that was given up leaves the set two heights later.
                if (Seats.Load(state, validator.Address) is { } seat) writer.Address("provider", seat.Provider);
                else writer.WriteNull("provider");
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}
