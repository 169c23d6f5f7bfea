using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class RandomCloseTests
{
    private static readonly OrderTerms Wanted = Terms() with { Mode = AuctionMode.SealedFirst, CloseWindowSeconds = 50 };

    private readonly MarketWorld _world = new();

    [Fact]
    public void A6_bid_of_the_last_moment_may_come_too_late_and_one_before_the_window_never_does()
    {
        int late = 0;
        for (int i = 0; i < 20; i++)
        {
            ulong id = _world.OpenOrder(Wanted);
            Seal(ProviderA, id, 3_000_000);
            _world.Advance(59);
            ulong balance = _world.Balance(ProviderB);
            Seal(ProviderB, id, 1_000_000);
            _world.Advance(1);
            Assert.Equal(OrderState.Reveal, _world.OrderAt(id).State);
            Assert.NotEqual(0UL, _world.OrderAt(id).DrawRound);
            _world.FinishRound();
            Assert.Equal(0UL, _world.OrderAt(id).DrawRound);
            Assert.NotNull(BidStore.Load(_world.State, id, ProviderA));
            if (BidStore.Load(_world.State, id, ProviderB) is null)
            {
                late++;
                // Whoever came too late gets everything back.
                Assert.Equal((balance, 0UL), (_world.Balance(ProviderB), _world.ProviderAt(ProviderB).Locked));
            }
            _world.Advance(10);
        }
        Assert.InRange(late, 10, 20);
    }

    [Fact]
    public void Silent_beacon_lets_every_bid_count()
    {
        ulong id = _world.OpenOrder(Wanted);
        Seal(ProviderA, id, 3_000_000);
        _world.Advance(59);
        Seal(ProviderB, id, 1_000_000);
        _world.Advance(1);
        _world.Must(ProviderA, new RevealBid(id, 3_000_000, HashOf(3)));
        _world.Must(ProviderB, new RevealBid(id, 1_000_000, HashOf(3)));
        _world.Advance(10);
        Assert.Equal(ProviderB, _world.LeaseAt(1).Provider);
        _world.FinishRound();
        Assert.Equal(OrderState.Filled, _world.OrderAt(id).State);
    }

    [Fact]
    public void Window_is_for_sealed_orders_and_within_the_time_of_bidding()
    {
        Assert.Equal(ResultCode.NoMatch, _world.Send(Tenant, new OpenOrder(Terms() with { CloseWindowSeconds = 5 })));
        Assert.Equal(ResultCode.OverMaximum, _world.Send(Tenant, new OpenOrder(Wanted with { CloseWindowSeconds = 61 })));
    }

    private void Seal(in Chain.Primitives.Bytes.Address bidder, ulong order, ulong rate) => _world.Must(bidder, new SealBid(
        order, AuctionMath.Commit(ChainId, order, bidder, rate, HashOf(3)), BidDeposit, 20));
}
