using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class OrderTests
{
    [Fact]
    public void Order_opened_takes_escrow_deposits_and_storage_from_the_tenant()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder(Terms(replicas: 2));
        Order order = world.OrderAt(id);
        Assert.Equal(OrderState.Open, order.State);
        Assert.Equal(2 * RateMax * 100, order.Escrow);
        Assert.Equal(2 * OrderDeposit, order.Deposit);
        Assert.Equal(Storage, order.StorageDeposit);
        Assert.Equal(StartFunds - (2 * RateMax * 100) - (2 * OrderDeposit) - Storage, world.Balance(Tenant));
        Assert.Equal(world.Now + 60, order.Due);
    }

    [Fact]
    public void Order_out_of_bounds_is_refused_with_its_code()
    {
        OrderTerms good = Terms();
        Refused(ResultCode.BelowMinimum, good with { Replicas = 0 });
        Refused(ResultCode.BelowMinimum, good with { Needs = good.Needs with { Resources = ResourceVector.None } });
        Refused(ResultCode.BelowMinimum, good with { RateMax = 0 });
        Refused(ResultCode.BelowMinimum, good with { OpenSeconds = 0 });
        Refused(ResultCode.BelowMinimum, good with { Deposit = 9_999_999 });
        Refused(ResultCode.BelowMinimum, good with { PrepaidSeconds = 19 });
        Refused(ResultCode.BelowMinimum, good with { NoticeSeconds = 4 });
        Refused(ResultCode.OverMaximum, good with { Replicas = 17 });
        Refused(ResultCode.OverMaximum, good with { Needs = good.Needs with { Resources = new ResourceVector(MarketLimits.UnitsMax + 1) } });
        Refused(ResultCode.OverMaximum, good with { RateMax = MarketLimits.RatePerSecondMax + 1 });
        Refused(ResultCode.OverMaximum, good with { PrepaidSeconds = MarketLimits.SecondsMax + 1 });
        Refused(ResultCode.OverMaximum, good with { MinTermSeconds = MarketLimits.SecondsMax + 1 });
        Refused(ResultCode.OverMaximum, good with { NoticeSeconds = 3601 });
        Refused(ResultCode.OverMaximum, good with { OpenSeconds = 3601 });
        Refused(ResultCode.BadSchema, good with { Needs = good.Needs with { Schemas = [(AttestationSchema)99] } });
        Refused(ResultCode.Overflow, good with { RateMax = MarketLimits.RatePerSecondMax, PrepaidSeconds = 20_000_000 });
        Refused(ResultCode.InsufficientFunds, good with { PrepaidSeconds = 1_000_000 });
    }

    [Fact]
    public void Order_expired_refunds_tenant_and_bidders_and_frees_their_stake_and_units()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        world.Must(ProviderA, BidOn(id));
        Assert.Equal(240_000_000UL, world.ProviderAt(ProviderA).Locked);
        Assert.Equal(1000UL, world.Reserved(ProviderA));
        world.Advance(59);
        Assert.Equal(OrderState.Open, world.OrderAt(id).State);
        world.Advance(1);
        Order order = world.OrderAt(id);
        Assert.Equal(OrderState.Expired, order.State);
        Assert.Equal((0UL, 0UL), (order.Escrow, order.Deposit));
        Assert.Equal(StartFunds - Storage, world.Balance(Tenant));
        Assert.Equal(StartFunds - Storage, world.Balance(ProviderA));
        Assert.Equal(0UL, world.ProviderAt(ProviderA).Locked);
        Assert.Equal(0UL, world.Reserved(ProviderA));
        Assert.Equal(BidState.Lost, BidStore.Load(world.State, id, ProviderA)!.State);

        Assert.Equal(ResultCode.TooLate, world.Send(ProviderB, BidOn(id)));
        world.Advance(3600);
        Assert.Null(OrderStore.Read(world.State, id));
        Assert.Null(BidStore.Load(world.State, id, ProviderA));
        Assert.Equal(StartFunds, world.Balance(Tenant));
        Assert.Equal(StartFunds, world.Balance(ProviderA));
    }

    [Fact]
    public void Order_without_room_in_the_queue_expires_when_a_message_touches_it()
    {
        MarketWorld world = new();
        ulong id = world.OpenOrder();
        world.Parameters = world.Parameters.With(Objects.ParameterId.TimedWorkMax, 0);
        world.Advance(61);
        Assert.Equal(OrderState.Open, world.OrderAt(id).State);
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderB, BidOn(id)));
    }

    private static void Refused(ResultCode code, OrderTerms terms) =>
        Assert.Equal(code, new MarketWorld().Send(Tenant, new OpenOrder(terms)));
}
