using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class ProbationTests
{
    private readonly MarketWorld _world = new(Parameters.Devnet.With(ParameterId.ProbationLeasesMax, 1));

    [Fact]
    public void A4_new_provider_may_hold_few_leases_until_one_that_was_paid_is_final()
    {
        Providers.Store(_world.State, _world.ProviderAt(ProviderA) with { Status = ProviderStatus.Probation });
        ulong first = _world.StartedLease();
        ulong second = _world.OpenOrder();
        Assert.Equal(ResultCode.TierMismatch, _world.Send(ProviderA, BidOn(second)));
        _world.Must(ProviderB, BidOn(second));
        _world.Advance(30);
        _world.Must(Tenant, new CloseLease(first, CloseReason.Done, CloseMode.Now));
        Assert.Equal(ProviderStatus.Probation, _world.ProviderAt(ProviderA).Status);
        _world.Advance(20);
        Assert.Equal((LeaseState.Final, ProviderStatus.Active), (_world.LeaseAt(first).State, _world.ProviderAt(ProviderA).Status));
    }

    [Fact]
    public void Provider_stays_in_probation_while_it_is_too_new_or_was_paid_nothing()
    {
        Providers.Store(_world.State, _world.ProviderAt(ProviderA) with { Status = ProviderStatus.Probation });
        ulong unpaid = _world.StartedLease();
        _world.Must(Tenant, new CloseLease(unpaid, CloseReason.Done, CloseMode.Now));
        _world.Advance(40);
        Assert.Equal(ProviderStatus.Probation, _world.ProviderAt(ProviderA).Status);
        _world.Parameters = _world.Parameters.With(ParameterId.ProbationEpochs, 100);
        ulong early = _world.StartedLease();
        _world.Advance(10);
        _world.Must(Tenant, new CloseLease(early, CloseReason.Done, CloseMode.Now));
        _world.Advance(20);
        Assert.Equal(LeaseState.Final, _world.LeaseAt(early).State);
        Assert.Equal(ProviderStatus.Probation, _world.ProviderAt(ProviderA).Status);
    }
}
