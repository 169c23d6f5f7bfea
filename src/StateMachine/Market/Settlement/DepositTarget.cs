namespace Chain.StateMachine.Market.Settlement;

/// <summary>What a deposit pays into.</summary>
public enum DepositTarget : byte
{
    /// <summary>The escrow of an order that takes bids; the leases that it still makes start with a fuller bucket.</summary>
    Order = 1,

    /// <summary>The bucket of a lease that is not over.</summary>
    Lease = 2,
}
