namespace Chain.StateMachine.Market.Leases;

/// <summary>Why a lease ended. The first group is given by the one who closes, the second by the rules.</summary>
public enum CloseReason : byte
{
    None = 0,

    Done = 1,
    Unstable = 2,
    Decommission = 3,
    BreachOfTerms = 4,
    Unspecified = 5,

    /// <summary>The bucket was empty for the whole grace, or ran empty during the notice.</summary>
    OutOfFunds = 16,

    /// <summary>The provider's notice is over.</summary>
    NoticeOver = 17,

    /// <summary>The provider could not prove the stored data too many times in a row.</summary>
    Faulted = 18,
}
