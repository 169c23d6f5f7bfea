namespace Chain.StateMachine.Market.Leases;

/// <summary>How a lease is to be closed.</summary>
public enum CloseMode : byte
{
    /// <summary>At once, with the penalty that the terms ask for.</summary>
    Now = 1,

    /// <summary>By the provider alone: the lease runs on until the agreed notice is over, and ends without a penalty.</summary>
    Notice = 2,
}
