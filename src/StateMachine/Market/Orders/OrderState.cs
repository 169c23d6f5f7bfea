namespace Chain.StateMachine.Market.Orders;

/// <summary>Where an order stands (marketplace.md 5.2).</summary>
public enum OrderState : byte
{
    /// <summary>Takes bids; no replica is leased, or a renewal has begun.</summary>
    Open = 1,

    /// <summary>Takes bids; some replicas are leased, some not.</summary>
    Matched = 2,

    /// <summary>Every replica was leased, and none will be again. Terminal.</summary>
    Filled = 3,

    /// <summary>Ended by its tenant. Terminal.</summary>
    Cancelled = 4,

    /// <summary>Its time ran out before every replica was leased. Terminal.</summary>
    Expired = 5,

    /// <summary>Bidding is over and sealed bids are revealed; then the rules choose.</summary>
    Reveal = 6,

    /// <summary>Every replica is leased, and one that its provider leaves will be sought anew.</summary>
    Standing = 7,
}
