namespace Chain.StateMachine.Market.Leases;

/// <summary>Where a lease stands (marketplace.md 5.2).</summary>
public enum LeaseState : byte
{
    /// <summary>Waits for the acknowledgements of both sides; nothing is due.</summary>
    Pending = 1,

    /// <summary>Runs and is paid for each second.</summary>
    Active = 2,

    /// <summary>The bucket is empty: nothing is due, and the lease waits out its grace.</summary>
    Starved = 3,

    /// <summary>The provider gave notice; paid for each second until it is over.</summary>
    Notice = 4,

    /// <summary>Ended; the collateral stays locked and reviews are taken until the window is over.</summary>
    Closed = 5,

    /// <summary>Everything is paid out. Terminal.</summary>
    Final = 6,

    /// <summary>The provider did not start in time: its deposit went to the tenant. Terminal.</summary>
    NoShowProvider = 7,

    /// <summary>The tenant did not send its manifest in time: its deposit went to the provider. Terminal.</summary>
    NoShowTenant = 8,
}
