namespace Chain.StateMachine.Market.Settlement;

/// <summary>How the pending amount of one SLA epoch is shared out, in ncredit; the three add up to it.</summary>
public readonly record struct EpochPayout(ulong Credit, ulong Fee, ulong Net);
