using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Market.Orders;

/// <summary>Whether a provider may serve an order, by what it is and shows; capacity and stake are judged apart.</summary>
public static class Eligibility
{
    /// <summary>Judged when a bid is placed, and again when it is chosen.</summary>
    public static ResultCode Check(IStateReader state, OrderNeeds needs, Provider provider, MarketTime now)
    {
        if (!provider.MayBid) return ResultCode.BadState;
        if (!IsInRegion(needs, provider)) return ResultCode.RegionMismatch;
        foreach (ProviderAttribute needed in needs.Attributes)
        {
            string? shown = provider.AttributeOf(needed.Name);
            if (!string.Equals(shown, needed.Value, StringComparison.Ordinal)) return ResultCode.AttributeMismatch;
        }
        foreach (AttestationSchema schema in needs.Schemas)
        {
            bool isAttested = AttestationIndex.Load(state, provider.Address, schema).HoldsAt(now);
            if (!isAttested) return ResultCode.TierMismatch;
        }
        return ResultCode.Ok;
    }

    private static bool IsInRegion(OrderNeeds needs, Provider provider)
    {
        if (needs.Regions.Count == 0) return true;
        foreach (string region in needs.Regions)
        {
            if (string.Equals(region, provider.Region, StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
