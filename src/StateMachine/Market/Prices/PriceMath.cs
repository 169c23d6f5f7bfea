using System;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Market.Prices;

/// <summary>The step of a curve price: <c>p' = p · (10⁴ + clamp((use − target) · gain / 10⁴, −s, s)) / 10⁴</c>.</summary>
public static class PriceMath
{
    /// <param name="price">At most 10^12.</param>
    public static ulong Step(ulong price, ulong useBps, Parameters parameters)
    {
        long step = (long)parameters.PriceStepBps;
        long wanted = ((long)useBps - (long)parameters.PriceTargetBps) * (long)parameters.PriceGainBps / 10_000;
        long change = Math.Clamp(wanted, -step, step);
        return (ulong)((Int128)price * (10_000 + change) / 10_000) + Nudge(price, change);
    }

    /// <summary>A rise that rounds to nothing is one: else a low price could never leave the floor.</summary>
    private static ulong Nudge(ulong price, long change) =>
        change > 0 && (Int128)price * change < 10_000 ? 1UL : 0UL;
}
