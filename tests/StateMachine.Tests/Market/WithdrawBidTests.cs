using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class WithdrawBidTests
{
    [Fact]
    public void Withdrawn_bid_gets_everything_back_and_may_come_again()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        world.Must(ProviderA, BidOn(id));
        world.Must(ProviderB, BidOn(id));
        world.Must(ProviderA, new WithdrawBid(id));
        Assert.Equal(StartFunds, world.Balance(ProviderA));
        Assert.Equal((0UL, 0UL), (world.ProviderAt(ProviderA).Locked, world.Reserved(ProviderA)));
        Assert.Null(BidStore.Load(world.State, id, ProviderA));
        Assert.Equal([new(ProviderB, 4_000_000)], world.OrderAt(id).Bids);
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new AcceptBid(id, ProviderA)));
        world.Must(ProviderA, BidOn(id, rate: 3_000_000));
        world.Must(Tenant, new AcceptBid(id, ProviderA));
    }

    [Fact]
    public void Withdrawal_of_what_is_not_an_open_bid_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, new WithdrawBid(1)));
        ulong id = world.OpenOrder();
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, new WithdrawBid(id)));
        world.Must(ProviderA, BidOn(id));
        world.Must(ProviderB, BidOn(id));
        Assert.Equal(ResultCode.NotFound, world.Send(Stranger, new WithdrawBid(id)));
        world.Must(Tenant, new AcceptBid(id, ProviderA));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, new WithdrawBid(id)));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(ProviderB, new WithdrawBid(id)));
    }
}
