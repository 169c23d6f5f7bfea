namespace Chain.StateMachine.Core;

/// <summary>What falls due. The number is part of the queue's key; 32 and above belong to the market.</summary>
public enum TimedKind : byte
{
    /// <summary>An emptied account may be forgotten; the id is its address.</summary>
    AccountExpiry = 1,

    OrderExpiry = 32,
    LeaseStartDeadline = 33,
    LeasePaidThrough = 34,
    LeaseGraceEnd = 35,
    LeaseNoticeEnd = 36,
    LeaseEpoch = 37,
    LeaseFinal = 38,
    AttestationWindow = 39,
    AttestationExpiry = 40,
    ReviewWindow = 41,
}
