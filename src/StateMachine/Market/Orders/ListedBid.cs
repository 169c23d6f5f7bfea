using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Market.Orders;

/// <summary>A live bid as its order lists it, so that the worst is found without reading every bid.</summary>
/// <param name="RatePerSecond">ncredit; 0 for a sealed bid that is not revealed.</param>
/// <param name="QualityBps">What the rate is weighed by; fixed when the rate became known.</param>
public readonly record struct ListedBid(Address Provider, ulong RatePerSecond, ulong QualityBps = 5000);
