using Chain.Primitives;

namespace Chain.StateMachine.Market.Orders;

/// <summary>How the states of orders are written in events and answers.</summary>
public static class OrderNames
{
    public static string Of(OrderState state) => state switch
    {
        OrderState.Open => "open",
        OrderState.Matched => "matched",
        OrderState.Filled => "filled",
        OrderState.Cancelled => "cancelled",
        OrderState.Expired => "expired",
        OrderState.Reveal => "reveal",
        OrderState.Standing => "standing",
        _ => throw new InvariantException("an order's state has a name"),
    };
}
