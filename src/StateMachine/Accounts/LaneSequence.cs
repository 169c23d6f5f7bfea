namespace Chain.StateMachine.Accounts;

/// <summary>A lane of an account and the sequence that its next transaction must carry.</summary>
public readonly record struct LaneSequence(byte Lane, ulong Next);
