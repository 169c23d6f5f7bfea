using System;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Execution;

/// <summary>
/// The base fee, which follows time because blocks come on demand: the target's share of each second works the excess off,
/// and the fee is floor × e^(excess / response), moving at most × 9/8 or × 8/9 a second.
/// </summary>
public static class FeeMarket
{
    /// <summary>Responses beyond which the excess is not counted: e^30 is about 10^13.</summary>
    private const ulong ExponentMax = 30;

    /// <summary>Seconds of change looked at; (9/8)^400 is above 2^64.</summary>
    private const ulong StepsMax = 400;

    /// <summary>The fee that a block at this time charges, before its own work counts.</summary>
    public static FeeState At(FeeState last, MarketTime now, Parameters parameters)
    {
        ulong seconds = now > last.UpdatedAt ? now.Seconds - last.UpdatedAt.Seconds : 0;
        UInt128 workedOff = (UInt128)parameters.WorkTargetPerSecond * seconds;
        ulong excess = workedOff >= last.Excess ? 0 : last.Excess - (ulong)workedOff;
        excess = Math.Min(excess, ExcessMax(parameters));
        ulong wanted = Exponential(parameters.BaseFeeFloor, excess, parameters.BaseFeeResponse);
        ulong fee = Bounded(last.BaseFee, wanted, seconds);
        return new FeeState(Math.Max(fee, parameters.BaseFeeFloor), excess, seconds > 0 ? now : last.UpdatedAt);
    }

    /// <summary>The state after a block that did so much paid work.</summary>
    public static FeeState Add(FeeState current, ulong work, Parameters parameters)
    {
        UInt128 excess = (UInt128)current.Excess + work;
        return current with { Excess = (ulong)UInt128.Min(excess, ExcessMax(parameters)) };
    }

    /// <summary>Work × base fee + tip, or null beyond 64 bits.</summary>
    public static ulong? FeeOf(ulong work, ulong baseFee, ulong tip)
    {
        UInt128 fee = ((UInt128)work * baseFee) + tip;
        return fee > ulong.MaxValue ? null : (ulong)fee;
    }

    /// <summary>factor × e^(numerator / denominator), by its series in integers (EIP-4844's fake_exponential).</summary>
    internal static ulong Exponential(ulong factor, ulong numerator, ulong denominator)
    {
        UInt128 sum = 0;
        UInt128 term = (UInt128)factor * denominator;
        for (ulong i = 1; term > 0; i++)
        {
            sum += term;
            term = term * numerator / ((UInt128)denominator * i);
        }
        sum /= denominator;
        return sum > ulong.MaxValue ? ulong.MaxValue : (ulong)sum;
    }

    private static ulong ExcessMax(Parameters parameters) => parameters.BaseFeeResponse * ExponentMax;

    /// <summary>Goes from one fee towards another, as far as so many seconds allow; at least by one a second.</summary>
    private static ulong Bounded(ulong from, ulong to, ulong seconds)
    {
        ulong fee = from;
        for (ulong step = 0; step < Math.Min(seconds, StepsMax) && fee != to; step++)
        {
            if (to > fee)
            {
                ulong rise = Math.Max(1, fee / 8);
                fee = to - fee <= rise ? to : fee + rise;
            }
            else
            {
                ulong fall = Math.Max(1, fee / 9);
                fee = fee - to <= fall ? to : fee - fall;
            }
        }
        return fee;
    }
}
