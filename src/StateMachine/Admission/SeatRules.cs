using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Admission;

/// <summary>Which providers and keys may have a seat; asked when it is requested and again when it is granted.</summary>
internal static class SeatRules
{
    public static ResultCode CheckProvider(ExecutionContext context, Provider? provider)
    {
        if (provider is null) return ResultCode.NotFound;
        bool isInMarket = provider.MayBid || provider.Status == ProviderStatus.Paused;
        if (!isInMarket) return ResultCode.BadState;
        return provider.Bonded < context.Block.Parameters.StakeMinProvider ? ResultCode.BelowMinimum : ResultCode.Ok;
    }

    /// <summary>
    /// A consensus key must not serve elsewhere, and not have served not long ago: evidence must lead to one provider alone.
    /// </summary>
    public static ResultCode CheckConsensusKey(IStateReader state, in PublicKey key, MarketTime now)
    {
        if (Seats.Uses(state, key)) return ResultCode.Exists;
        bool isRetired = PastSeats.Load(state, key.Address) is { } past && past.Until > now;
        return isRetired ? ResultCode.KeyRetired : ResultCode.Ok;
    }

    public static ResultCode CheckNodeKey(IStateReader state, in PublicKey key) =>
        Seats.Uses(state, key) ? ResultCode.Exists : ResultCode.Ok;
}
