namespace Chain.StateMachine.Market.Offers;

/// <summary>What a provider does with an offer.</summary>
public enum OfferAction : byte
{
    Post = 1,
    Withdraw = 2,
}
