namespace Chain.StateMachine.Core;

/// <summary>How one kind of timed move runs, and how many units of the block's timed work it takes.</summary>
public sealed record TimedKindEntry(TimedKind Kind, ulong Weight, TimedMove Move);
