using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

/// <summary>Attack A2: leases with oneself. What can be seen is refused, the rest costs fees and counts by them.</summary>
public sealed class IdentityTests
{
    private readonly MarketWorld _world = new();

    [Fact]
    public void Provider_with_the_did_of_its_tenant_gets_no_lease()
    {
        Named(ProviderB, "did:one");
        Providers.Store(_world.State, _world.ProviderAt(ProviderA) with { Did = "did:one" });
        _world.Must(ProviderB, new Chain.StateMachine.Market.Orders.OpenOrder(Terms()));
        Assert.Equal(ResultCode.LinkedIdentity, _world.Send(ProviderA, BidOn(1)));
        ulong offer = _world.PostOffer();
        Assert.Equal(ResultCode.LinkedIdentity, _world.Send(ProviderB, new TakeOffer(offer, Terms())));
        _world.Must(Tenant, new TakeOffer(offer, Terms()));
    }

    [Fact]
    public void Accounts_that_act_for_each_other_are_one()
    {
        ulong order = _world.OpenOrder();
        Grant grant = new(
            ProviderA, Tenant, new GrantTerms(KindMask.Of(MessageKind.Transfer), 1, GrantTarget.Any, false, ulong.MaxValue), 0, 0,
            MarketTime.Never);
        GrantStore.Store(_world.State, grant, null);
        Assert.Equal(ResultCode.LinkedIdentity, _world.Send(ProviderA, BidOn(order)));
        GrantStore.Delete(_world.State, grant);
        _world.Must(ProviderA, BidOn(order));
    }

    [Fact]
    public void Replicas_go_to_providers_that_do_not_share_a_did()
    {
        Named(ProviderA, "did:one");
        Named(ProviderB, "did:one");
        ulong order = _world.OpenOrder(Terms(replicas: 2));
        _world.Must(ProviderA, BidOn(order));
        _world.Must(ProviderB, BidOn(order));
        _world.Must(Tenant, new AcceptBid(order, ProviderA));
        Assert.Equal(ResultCode.LinkedIdentity, _world.Send(Tenant, new AcceptBid(order, ProviderB)));
        ulong second = _world.OpenOrder(Terms(replicas: 2) with { Mode = AuctionMode.SealedFirst });
        foreach (Address provider in (Address[])[ProviderA, ProviderB])
        {
            Hash256 commit = AuctionMath.Commit(ChainId, second, provider, 1_000_000, HashOf(3));
            _world.Must(provider, new SealBid(second, commit, BidDeposit, 20));
        }
        _world.Advance(60);
        foreach (Address provider in (Address[])[ProviderA, ProviderB]) _world.Must(provider, new RevealBid(second, 1_000_000, HashOf(3)));
        _world.Advance(10);
        Assert.Equal(1, _world.OrderAt(second).Leased);
    }

    [Fact]
    public void Provider_does_not_pay_the_rent_of_its_own_lease()
    {
        ulong lease = _world.StartedLease();
        Assert.Equal(ResultCode.SelfDeal, _world.Send(ProviderA, new Deposit(DepositTarget.Lease, lease, 1)));
        _world.Must(Stranger, new Deposit(DepositTarget.Lease, lease, 1));
    }

    [Fact]
    public void Review_of_a_lease_that_hardly_ran_counts_nothing()
    {
        _world.Parameters = _world.Parameters.With(ParameterId.CountedSecondsMin, 30);
        ulong brief = _world.StartedLease();
        _world.Advance(29);
        _world.Must(Tenant, new CloseLease(brief, CloseReason.Done, CloseMode.Now));
        _world.Must(Tenant, new WriteReview(brief, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(6)));
        Assert.Equal(0UL, ReviewBook.Load(_world.State, brief, ReviewSide.Tenant)!.Weight);
        ulong whole = _world.StartedLease();
        _world.Advance(30);
        _world.Must(Tenant, new CloseLease(whole, CloseReason.Done, CloseMode.Now));
        _world.Must(Tenant, new WriteReview(whole, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(6)));
        Assert.NotEqual(0UL, ReviewBook.Load(_world.State, whole, ReviewSide.Tenant)!.Weight);
    }

    private void Named(in Address provider, string did) =>
        Providers.Store(_world.State, _world.ProviderAt(provider) with { Did = did });
}
