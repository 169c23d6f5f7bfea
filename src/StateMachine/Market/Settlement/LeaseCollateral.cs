using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>What a provider locks for a lease, by its tier: who has shown more stands in for less (marketplace.md 5.1).</summary>
public static class LeaseCollateral
{
    /// <param name="rate">ncredit per second.</param>
    /// <param name="at">Not after the block's time; the tier is that of this second.</param>
    /// <returns>ncredit; may be more than anybody holds.</returns>
    public static UInt128 Of(ExecutionContext context, in Address provider, ulong rate, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        ulong bps = parameters.CollateralTierBps(ProviderTiers.At(context, provider, at));
        return LeaseMath.Collateral(rate, parameters.CollateralMin, parameters.CollateralSeconds, bps);
    }
}
