namespace Chain.StateMachine.Market.Bids;

/// <summary>
/// Where a bid stands (marketplace.md 5.2). An evicted bid leaves no record: only its event tells, so that
/// nobody can grow an order's state by outbidding himself.
/// </summary>
public enum BidState : byte
{
    Open = 1,

    /// <summary>It became a lease. Terminal.</summary>
    Won = 2,

    /// <summary>The order ended without it. Terminal.</summary>
    Lost = 3,

    /// <summary>Sealed, its rate not revealed yet.</summary>
    Committed = 4,

    /// <summary>Sealed and not revealed in time: its deposit is lost. Terminal.</summary>
    Forfeit = 5,

    /// <summary>It became a lease of a standing order, and its provider left it; nobody bids on one order twice. Terminal.</summary>
    Left = 6,
}
