using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class ResourceTests
{
    private static readonly GpuKind A100 = new(GpuVendor.Nvidia, "a100", 40, GpuInterface.Pcie);

    private readonly MarketWorld _world = new();

    [Theory]
    [InlineData("nvidia/h100/80/sxm", true)]
    [InlineData("any", true)]
    [InlineData("nvidia", true)]
    [InlineData("nvidia/any/80", true)]
    [InlineData("any/any/81", false)]
    [InlineData("amd", false)]
    [InlineData("nvidia/a100", false)]
    [InlineData("nvidia/h100/80/pcie", false)]
    public void Card_serves_a_request_that_leaves_open_what_it_does_not_mind(string wanted, bool serves)
    {
        Assert.True(GpuKind.TryParse(wanted, out GpuKind kind));
        Assert.Equal(serves, H100.Serves(kind));
        Assert.True(GpuKind.TryParse(kind.ToString(), out GpuKind again));
        Assert.Equal(kind, again);
    }

    [Theory]
    [InlineData("nvidea/h100/80")]
    [InlineData("nvidia/H100/80")]
    [InlineData("nvidia/h100/much")]
    [InlineData("nvidia/h100/80/usb")]
    [InlineData("nvidia/h100/80/sxm/more")]
    public void Text_that_names_no_card_is_refused(string text) => Assert.False(GpuKind.TryParse(text, out _));

    [Fact]
    public void Bid_says_which_cards_it_gives_and_reserves_those_with_the_rest_of_the_vector()
    {
        Equip();
        ulong order = _world.OpenOrder(Wanting(new ResourceVector(1000, 2048, 10, 2)));
        _world.Must(ProviderA, BidOn(order) with { Promise = new BidPromise(SlaClass.High, H100) });
        Bid bid = BidStore.Load(_world.State, order, ProviderA)!;
        Assert.Equal((H100, SlaClass.High), (bid.Resources.Gpu, bid.Sla));
        Assert.Equal([1000UL, 2048, 10, 0, 2], Reserved());
        _world.Must(Tenant, new Chain.StateMachine.Market.Leases.AcceptBid(order, ProviderA));
        Assert.Equal([0UL, 0, 0, 0, 0], Reserved());
        Assert.Equal((bid.Resources, 9990UL), (_world.LeaseAt(1).Terms.Resources, _world.LeaseAt(1).Terms.TargetBps));
        _world.Advance(40);
        Assert.Equal(4000UL, _world.ProviderAt(ProviderA).Capacity[0].Free);
    }

    [Fact]
    public void Bid_that_leaves_the_cards_open_gives_the_first_that_serve_and_are_free()
    {
        Equip();
        ulong first = _world.OpenOrder(Wanting(new ResourceVector(0, Gpus: 3)));
        _world.Must(ProviderA, BidOn(first));
        Assert.Equal(A100, BidStore.Load(_world.State, first, ProviderA)!.Resources.Gpu);
        // Of the four A100 one is left, so the next order gets the others.
        ulong second = _world.OpenOrder(Wanting(new ResourceVector(0, Gpus: 2)));
        _world.Must(ProviderA, BidOn(second));
        Assert.Equal(H100, BidStore.Load(_world.State, second, ProviderA)!.Resources.Gpu);
    }

    [Fact]
    public void Cards_of_another_kind_or_too_many_are_refused_with_their_codes()
    {
        Equip();
        ResourceVector amd = new(0, Gpus: 1) { Gpu = new GpuKind(GpuVendor.Amd, "", 0, GpuInterface.Any) };
        ResourceVector large = new(0, Gpus: 1) { Gpu = new GpuKind(GpuVendor.Any, "", 81, GpuInterface.Any) };
        Assert.Equal(ResultCode.AttributeMismatch, _world.Send(ProviderA, BidOn(_world.OpenOrder(Wanting(amd)))));
        Assert.Equal(ResultCode.AttributeMismatch, _world.Send(ProviderA, BidOn(_world.OpenOrder(Wanting(large)))));
        ulong many = _world.OpenOrder(Wanting(new ResourceVector(0, Gpus: 9)));
        Assert.Equal(ResultCode.Capacity, _world.Send(ProviderA, BidOn(many)));
        ulong few = _world.OpenOrder(Wanting(new ResourceVector(0, Gpus: 1) { Gpu = H100 }));
        BidPromise wrong = new(SlaClass.Standard, A100);
        Assert.Equal(ResultCode.AttributeMismatch, _world.Send(ProviderA, BidOn(few) with { Promise = wrong }));
        Assert.Equal(
            ResultCode.BelowMinimum, _world.Send(ProviderA, BidOn(few) with { Promise = new BidPromise(SlaClass.Basic, H100) }));
    }

    [Fact]
    public void Vector_that_names_cards_without_having_any_is_not_canonical()
    {
        MessagePackWriter writer = new();
        new ResourceVector(1) { Gpu = H100 }.Write(ref writer);
        MessagePackReader reader = new(writer.Written);
        ResourceVector.Read(ref reader);
        Assert.False(reader.IsOk);
    }

    [Fact]
    public void Newcomer_gets_no_lease_above_the_rate_of_probation()
    {
        Providers.Store(_world.State, _world.ProviderAt(ProviderA) with { Status = ProviderStatus.Probation });
        _world.Parameters = _world.Parameters.With(Objects.ParameterId.ProbationRateMax, 3_000_000);
        ulong order = _world.OpenOrder();
        Assert.Equal(ResultCode.TierMismatch, _world.Send(ProviderA, BidOn(order, 3_000_001)));
        _world.Must(ProviderA, BidOn(order, 3_000_000));
    }

    private static OrderTerms Wanting(ResourceVector units) => Terms() with { Needs = Terms().Needs with { Resources = units } };

    private void Equip() => Providers.Store(_world.State, _world.ProviderAt(ProviderA) with
    {
        Capacity =
        [
            new(ResourceClass.CpuMilli, 4000), new(ResourceClass.MemoryMib, 8192), new(ResourceClass.StorageGib, 100),
            ClassCapacity.OfGpu(A100, 4), ClassCapacity.OfGpu(H100, 8),
        ],
    });

    private ulong[] Reserved()
    {
        Provider provider = _world.ProviderAt(ProviderA);
        ulong[] reserved = new ulong[provider.Capacity.Count];
        for (int i = 0; i < reserved.Length; i++) reserved[i] = provider.Capacity[i].Reserved;
        return reserved;
    }
}
