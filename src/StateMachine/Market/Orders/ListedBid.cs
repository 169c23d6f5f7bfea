using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Market.Orders;

/// <summary>A live bid as its order lists it, so that the worst is found without reading every bid.</summary>
/// <param name="RatePerSecond">ncredit.</param>
public readonly record struct ListedBid(Address Provider, ulong RatePerSecond);
