using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class CancelOrderTests
{
    [Fact]
    public void Cancelled_order_without_bids_returns_all_but_the_storage_deposit()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder(Terms(replicas: 3));
        world.Must(Stranger, new Deposit(DepositTarget.Order, id, 5));
        world.Must(Tenant, new CancelOrder(id));
        Order order = world.OrderAt(id);
        Assert.Equal((OrderState.Cancelled, 0UL, 0UL), (order.State, order.Escrow, order.Deposit));
        Assert.Equal(StartFunds + 5 - Storage, world.Balance(Tenant));
        Assert.Equal(world.Now + world.Parameters.PruneSeconds, order.Due);
        world.Advance(world.Parameters.PruneSeconds);
        Assert.Equal(StartFunds + 5, world.Balance(Tenant));
        Assert.Null(OrderStore.Read(world.State, id));
    }

    [Fact]
    public void Cancelled_order_with_bids_pays_its_fee_to_the_bidders_and_refunds_every_bid()
    {
        // 5 % of a deposit of 20,000,013 is 1,000,000 for three bidders: the last gets what is left over.
        MarketWorld world = new();
        world.AddProvider(Stranger, "eu");
        ulong id = world.OpenOrder(Terms() with { Deposit = OrderDeposit + 13 });
        world.Must(ProviderA, BidOn(id));
        world.Must(ProviderB, BidOn(id));
        world.Must(Stranger, BidOn(id));
        world.Must(Tenant, new CancelOrder(id));
        Assert.Equal(StartFunds - 1_000_000 - Storage, world.Balance(Tenant));
        Assert.Equal(StartFunds + 333_333 - Storage, world.Balance(ProviderA));
        Assert.Equal(StartFunds + 333_333 - Storage, world.Balance(ProviderB));
        Assert.Equal(StartFunds + 333_334 - Storage, world.Balance(Stranger));
        Assert.Equal((0UL, 0UL), (world.ProviderAt(ProviderB).Locked, world.Reserved(ProviderB)));
        Assert.Equal(BidState.Lost, BidStore.Load(world.State, id, ProviderA)!.State);
        world.Advance(world.Parameters.PruneSeconds);
        Assert.Equal(StartFunds + 333_334, world.Balance(Stranger));
    }

    [Fact]
    public void Cancelling_after_the_last_bid_was_withdrawn_is_free_and_so_it_is_without_a_fee()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        world.Must(ProviderA, BidOn(id));
        world.Must(ProviderA, new WithdrawBid(id));
        world.Must(Tenant, new CancelOrder(id));
        world.Parameters = world.Parameters.With(ParameterId.OrderCancelFeeBps, 0);
        id = world.OpenOrder();
        world.Must(ProviderA, BidOn(id));
        world.Must(Tenant, new CancelOrder(id));
        Assert.Equal(StartFunds - (2 * Storage), world.Balance(Tenant));
    }

    [Fact]
    public void Cancelling_what_may_not_be_cancelled_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, new CancelOrder(1)));
        ulong matched = world.OpenOrder(Terms(replicas: 2));
        Assert.Equal(ResultCode.NotOwner, world.Send(ProviderA, new CancelOrder(matched)));
        world.Must(ProviderA, BidOn(matched));
        world.Must(Tenant, new AcceptBid(matched, ProviderA));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, new CancelOrder(matched)));
        ulong cancelled = world.OpenOrder();
        world.Must(Tenant, new CancelOrder(cancelled));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Tenant, new CancelOrder(cancelled)));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, BidOn(cancelled)));
        world.Advance(60);
        Assert.Equal(ResultCode.TooLate, world.Send(Tenant, new CancelOrder(matched)));
    }
}
