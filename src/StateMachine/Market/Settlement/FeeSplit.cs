namespace Chain.StateMachine.Market.Settlement;

/// <summary>Where a market fee goes, in ncredit; the three add up to it.</summary>
public readonly record struct FeeSplit(ulong Burned, ulong Reliability, ulong Treasury);
