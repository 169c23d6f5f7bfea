using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Market.Orders;

/// <summary>Whether a provider may serve an order, by what it is and shows; capacity and stake are judged apart.</summary>
public static class Eligibility
{
    /// <summary>Judged when a bid is placed, and again when it is chosen.</summary>
    /// <param name="rate">ncredit per second of the lease; the highest that it may come to while it is sealed.</param>
    public static ResultCode Check(ExecutionContext context, OrderNeeds needs, Provider provider, MarketTime now, ulong rate)
    {
        if (!provider.MayBidAt(now)) return ResultCode.BadState;
        // Who is new shows itself on few and small leases first; a new identity starts there again.
        Parameters parameters = context.Block.Parameters;
        bool isTooMuch = provider.LiveLeases >= parameters.ProbationLeasesMax || rate > parameters.ProbationRateMax;
        if (provider.Status == ProviderStatus.Probation && isTooMuch) return ResultCode.TierMismatch;
        if (!AddressList.Admits(needs.Allowed, needs.Denied, provider.Address)) return ResultCode.NoMatch;
        if (!IsInRegion(needs, provider)) return ResultCode.RegionMismatch;
        foreach (ProviderAttribute needed in needs.Attributes)
        {
            string? shown = provider.AttributeOf(needed.Name);
            if (!string.Equals(shown, needed.Value, StringComparison.Ordinal)) return ResultCode.AttributeMismatch;
        }
        foreach (AttestationSchema schema in needs.Schemas)
        {
            bool isAttested = AttestationStore.Bring(context, provider.Address, schema, now).HoldsAt(now);
            if (!isAttested) return ResultCode.TierMismatch;
        }
        if (needs.TierMin > 0 && ProviderTiers.At(context, provider.Address, now) < needs.TierMin) return ResultCode.TierMismatch;
        if (needs.ReputationMinBps == 0) return ResultCode.Ok;
        ulong reputation = ReputationBook.BpsOf(context.State, provider.Address, now, parameters);
        return reputation < needs.ReputationMinBps ? ResultCode.TierMismatch : ResultCode.Ok;
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
