using System.Collections.Generic;
using Chain.Node.Rpc.Json;
using Chain.StateMachine.Core;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Parameters and the sums of credits.</summary>
internal static class ChainQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        new QueryEntry("/market/params", false, Params),
        new QueryEntry("/market/supply", false, Supply),
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
}
