namespace Chain.StateMachine.Market.Auctions;

/// <summary>How an order finds its providers. Numbers stand on the wire.</summary>
public enum AuctionMode : byte
{
    /// <summary>Rates are public and the tenant chooses.</summary>
    Open = 1,

    /// <summary>Rates are hidden until bidding is over; the best get what they asked for.</summary>
    SealedFirst = 2,

    /// <summary>Rates are hidden until bidding is over; the best get what the best loser's rate is worth.</summary>
    SealedSecond = 3,
}
