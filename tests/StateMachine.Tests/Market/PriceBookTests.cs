using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Prices;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using FsCheck;
using FsCheck.Fluent;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class PriceBookTests
{
    private static readonly Parameters Rules = Parameters.Devnet;

    [Theory]
    [InlineData(7000, 100_000)]
    [InlineData(10_000, 103_000)]
    [InlineData(0, 95_000)]
    [InlineData(6900, 99_900)]
    public void Price_follows_use_by_the_formula_and_at_most_by_the_step(ulong useBps, ulong expected) =>
        Assert.Equal(expected, PriceMath.Step(100_000, useBps, Rules));

    [Fact]
    public void Price_at_the_floor_rises_however_low_it_is() => Assert.Equal(2UL, PriceMath.Step(1, 10_000, Rules));

    [Fact]
    public void Prices_move_once_an_epoch_within_their_bounds_and_in_one_look_as_in_many()
    {
        MarketWorld world = new();
        Use(world, total: 1000, leased: 1000);
        MarketTime start = world.Now;
        PriceBook.At(world.State, start, Rules).Store(world.State);
        PriceBook later = PriceBook.At(world.State, start + 1000, Rules);
        Assert.True(later.Cpu > Rules.PriceCpuMin && later.Gpu == Rules.PriceGpuMin);
        for (ulong at = 0; at <= 1000; at += 7) PriceBook.At(world.State, start + at, Rules).Store(world.State);
        Assert.Equal(later, PriceBook.At(world.State, start + 1000, Rules));
        Assert.Equal(Rules.PriceCpuMax, PriceBook.At(world.State, start + 1_000_000, Rules).Cpu);
        Use(world, total: 1000, leased: 0);
        Assert.Equal(Rules.PriceCpuMin, PriceBook.At(world.State, start + 2_000_000, Rules).Cpu);
    }

    [Fact]
    public void Curve_offer_costs_the_price_of_its_units_and_never_less_than_its_rate()
    {
        MarketWorld world = new();
        PriceBook book = new(world.Now + 5, 600_000, 100, 100, 100);
        book.Store(world.State);
        Use(world, total: 1000, leased: 700);
        // 1000 units at 600,000, at 150 %.
        ulong offer = world.PostOffer(OfferOf(rate: 500_000) with { CurveBps = 15_000 });
        world.Must(Tenant, new TakeOffer(offer, Terms()));
        Assert.Equal(900_000UL, world.LeaseAt(1).Terms.RatePerSecond);
        ulong floor = world.PostOffer(OfferOf(rate: 1_000_000) with { CurveBps = 15_000 });
        world.Must(Tenant, new TakeOffer(floor, Terms()));
        Assert.Equal(1_000_000UL, world.LeaseAt(2).Terms.RatePerSecond);
        Assert.Equal(ResultCode.Price, world.Send(Tenant, new TakeOffer(offer, Terms() with { RateMax = 899_999 })));
    }

    [Fact]
    public void Step_never_leaves_what_the_parameters_allow() => Prop.ForAll(
        Gen.Zip(Gen.Choose(1, int.MaxValue), Gen.Choose(0, 10_000)).ToArbitrary(),
        drawn =>
        {
            ulong price = (ulong)drawn.Item1;
            ulong next = PriceMath.Step(price, (ulong)drawn.Item2, Rules);
            ulong most = (price * Rules.PriceStepBps / 10_000) + 1;
            Assert.InRange(next, price - System.Math.Min(price, most), price + most);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Offer_is_for_the_tenants_that_it_allows_and_not_for_those_that_it_denies()
    {
        MarketWorld world = new();
        ulong denied = world.PostOffer(OfferOf() with { Denied = [Tenant] });
        Assert.Equal(ResultCode.NoMatch, world.Send(Tenant, new TakeOffer(denied, Terms())));
        world.Must(Stranger, new TakeOffer(denied, Terms()));
        ulong allowed = world.PostOffer(OfferOf() with { Allowed = [Tenant] });
        Assert.Equal(ResultCode.NoMatch, world.Send(Stranger, new TakeOffer(allowed, Terms())));
        world.Must(Tenant, new TakeOffer(allowed, Terms()));
    }

    private static void Use(MarketWorld world, ulong total, ulong leased) =>
        new RegistryTotals(1, 0, [new(total, leased), default, default, default]).Store(world.State);
}
