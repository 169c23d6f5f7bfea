using System;

namespace Chain.Consensus.Light;

/// <summary>
/// The share of a trusted validator set that must have signed a later header before it is trusted without the headers in
/// between: more than <paramref name="Numerator"/> / <paramref name="Denominator"/> of the power.
/// </summary>
public readonly record struct TrustLevel(int Numerator, int Denominator)
{
    /// <summary>One third: as long as fewer than a third are faulty, one correct validator vouches for the header.</summary>
    public static readonly TrustLevel OneThird = new(1, 3);

    /// <summary>From 1/3 to 1 (CometBFT <c>light.ValidateTrustLevel</c>). Less than a third could all be faulty.</summary>
    public bool IsValid => Denominator > 0 && Numerator <= Denominator && (long)Numerator * 3 >= Denominator;

    /// <summary>Strictly more than the share. At level 1 nothing is, so that every header must be verified in turn.</summary>
    public bool IsReached(long power, long totalPower) => (Int128)power * Denominator > (Int128)totalPower * Numerator;
}
