namespace Chain.Consensus.Light;

/// <summary>What a light client must choose (CometBFT <c>light.NewClient</c>).</summary>
/// <param name="TrustingPeriodMs">How long after its time a header is worth trusting; below the unbonding time. Milliseconds.</param>
/// <param name="ClockDriftMs">How far a header's time may lie ahead of the caller's clock. Milliseconds.</param>
/// <param name="TrustLevel">Share of a trusted set that must have signed a header some heights later.</param>
public sealed record LightOptions(long TrustingPeriodMs, long ClockDriftMs, TrustLevel TrustLevel)
{
    /// <summary>Longest period and drift: a hundred years, so that no sum with a header's time overflows.</summary>
    public const long DurationMsMax = 100L * 366 * 24 * 3600 * 1000;

    /// <summary>CometBFT's default drift, 10 s.</summary>
    public const long ClockDriftMsDefault = 10_000;

    public bool IsValid => TrustingPeriodMs is > 0 and <= DurationMsMax
        && ClockDriftMs is >= 0 and <= DurationMsMax
        && TrustLevel.IsValid;

    public static LightOptions Default(long trustingPeriodMs) =>
        new(trustingPeriodMs, ClockDriftMsDefault, TrustLevel.OneThird);
}
