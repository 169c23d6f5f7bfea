using System;

namespace Chain.StateMachine.Trust.Reputation;

/// <summary>Scores from counts, in integers (marketplace.md 5.1).</summary>
public static class ReputationMath
{
    /// <summary>One whole: of a score, of a decay factor, and one count of a counter.</summary>
    public const ulong Million = 1_000_000;

    /// <summary>Epochs that are counted together.</summary>
    public const ulong SeasonEpochs = 64;

    /// <summary>Parts of the whole of a decay factor while it is multiplied.</summary>
    private const ulong Fine = 1_000_000_000_000;

    /// <summary>z² of the one-sided 5 % bound, in thousandths (z = 1.645).</summary>
    private const ulong ZSquared = 2706;

    /// <summary>Of the counts that a bound is made from.</summary>
    private const ulong SamplesMax = 1UL << 40;

    /// <summary>Epochs after which nothing of the past is left to speak of.</summary>
    private const ulong EpochsMax = 100_000;

    /// <summary>λ to the power of so many epochs, in parts of 10^12, by squaring and rounding down.</summary>
    public static ulong Decay(ulong decayPpm, ulong epochs)
    {
        if (epochs > EpochsMax) return 0;
        UInt128 factor = Fine;
        UInt128 power = (UInt128)decayPpm * (Fine / Million);
        for (ulong rest = epochs; rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0) factor = factor * power / Fine;
            power = power * power / Fine;
        }
        return (ulong)factor;
    }

    /// <summary>A count times a factor of <see cref="Decay"/>.</summary>
    public static ulong Share(ulong count, ulong factor) => (ulong)((UInt128)count * factor / Fine);

    /// <summary>
    /// The lower bound of Wilson's interval in ppm: what the true rate is at least, at 95 %. Few samples never look perfect, and
    /// none give 0.
    /// </summary>
    /// <param name="good">At most <paramref name="total"/>.</param>
    /// <param name="unit">What one sample counts: 1 for plain counts, a million for decayed ones.</param>
    public static ulong LowerBoundPpm(ulong good, ulong total, ulong unit)
    {
        if (total == 0) return 0;
        // Beyond this many samples the bound says no more, and products would not fit.
        while (total > SamplesMax)
        {
            good >>= 1;
            total >>= 1;
        }
        UInt128 z = (UInt128)ZSquared * unit;
        UInt128 root = SquareRoot((z * z) + (4 * z * 1000 * good * (total - good) / total));
        UInt128 twice = (2 * (UInt128)good * 1000) + z;
        if (twice <= root) return 0;
        return (ulong)((twice - root) * Million / (2 * ((1000 * (UInt128)total) + z)));
    }

    /// <summary>The largest integer whose square is not above the number.</summary>
    internal static UInt128 SquareRoot(UInt128 number)
    {
        if (number < 2) return number;
        // Newton from above: the first guess is a power of two that is no less than the root.
        int bits = 128 - (int)UInt128.LeadingZeroCount(number);
        UInt128 guess = UInt128.One << ((bits + 1) / 2);
        while (true)
        {
            UInt128 next = (guess + (number / guess)) / 2;
            if (next >= guess) return guess;
            guess = next;
        }
    }
}
