using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// Where a slash goes that has no single victim, in ncredit; the three add up to it. Half of what the reporter does not get
/// goes to the reliability pool and the rest is burned.
/// </summary>
public readonly record struct SlashSplit(ulong Reporter, ulong Reliability, ulong Burned)
{
    public static SlashSplit Of(ulong amount, Parameters parameters)
    {
        UInt128 share = (UInt128)amount * parameters.ReporterShareBps / LeaseMath.BasisPoints;
        ulong reporter = share < parameters.ReporterRewardMax ? (ulong)share : parameters.ReporterRewardMax;
        ulong rest = amount - reporter;
        return new SlashSplit(reporter, rest / 2, rest - (rest / 2));
    }

    /// <summary>What nobody earned: half to the reliability pool, the rest burned.</summary>
    public static SlashSplit Unreported(ulong amount) => new(0, amount / 2, amount - (amount / 2));

    /// <summary>Pays it out; the caller has taken it from the stake.</summary>
    public void HandOut(ExecutionContext context, in Address reporter)
    {
        Payments.Pay(context, reporter, Reporter);
        Pools.AddToReliability(context.State, Reliability);
        Pools.Burn(context.State, Burned);
    }

    /// <summary>Hands out what nobody earned.</summary>
    internal static void ToPools(ExecutionContext context, ulong amount)
    {
        if (amount == 0) return;
        SlashSplit split = Unreported(amount);
        Pools.AddToReliability(context.State, split.Reliability);
        Pools.Burn(context.State, split.Burned);
    }
}
