using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Tests.Market;

/// <summary>The whole life of a lease, by signed transactions in blocks, with every credit accounted for.</summary>
public sealed class LeaseStoryTests
{
    private const ulong Credit = TestGenesis.Credit;
    private const ulong StartFunds = 100_000 * Credit;
    private const ulong Rate = 50_000_000;

    private readonly TestChain _chain = new();
    private readonly SortedDictionary<string, ulong> _feesPaid = [];

    private static Hash256 Hash(byte number) => MarketWorld.HashOf(number);

    [Fact]
    public void A_lease_from_registration_to_review_adds_up_to_the_last_unit()
    {
        // alice rents; bob and carol bid; the auditor attests bob.
        Must("bob", Provider("eu"));
        Must("carol", Provider("us"));
        MarketTime now = MarketClock.At(_chain.State, _chain.Time);
        Must("auditor", new Attest(
            new AttestationClaim(
                AttestationSchema.Hardware, TestKeys.AddressOf("bob"), default, Hash(1), Hash(2), now, now + 1000), Credit));
        Must("alice", new OpenOrder(new OrderTerms(
            Hash(3), Hash(4), new OrderNeeds(new ResourceVector(2000), [], [], []), Replicas: 1, RateMax: 60_000_000,
            Deposit: 10_000_000, PrepaidSeconds: 60, MinTermSeconds: 10, NoticeSeconds: 5, OpenSeconds: 300)));
        Must("bob", new PlaceBid(1, Rate, 10_000_000, 5));
        Must("carol", new PlaceBid(1, 55_000_000, 10_000_000, 5));
        Must("alice", new AcceptBid(1, TestKeys.AddressOf("bob")));
        Must("alice", new StartLease(1, default, default));
        Must("bob", new StartLease(1, Hash(5), Hash(6)));
        MarketTime start = LeaseAt(1).StartedAt;

        _chain.Pass(20);
        Must("dave", new SettleLeases([1]));
        Must("bob", new Withdraw(1, 0));
        Must("alice", new Withdraw(1, Rate));
        Must("alice", new CloseLease(1, CloseReason.Done, CloseMode.Now));
        Lease closed = LeaseAt(1);
        ulong seconds = closed.ClosedAt.Seconds - start.Seconds;
        Assert.Equal(LeaseState.Closed, closed.State);
        Assert.Equal(Rate * seconds, closed.DueTotal);
        Assert.Equal(Rate * seconds / 50, closed.FeeTotal);
        Must("alice", new WriteReview(1, ReviewAction.Rate, new Stars(5, 5, 4), Hash(7)));
        Must("bob", new WriteReview(1, ReviewAction.Rate, new Stars(4, 5, 5), Hash(8)));
        Must("bob", new WriteReview(1, ReviewAction.Reply, default, Hash(9)));

        // The dispute window passes: what bob did not withdraw is paid out, and his collateral is free.
        _chain.Pass(30);
        Assert.Equal(LeaseState.Final, LeaseAt(1).State);
        Assert.Equal(0UL, Providers.Load(_chain.State, TestKeys.AddressOf("bob"))!.Locked);
        RatingTotals rating = RatingTotals.Load(_chain.State, TestKeys.AddressOf("bob"), ReviewSide.Provider);
        Assert.Equal((1UL, 500UL, 400UL), (rating.Count, rating.MeanHundredths(rating.Quality), rating.MeanHundredths(rating.Communication)));

        // The records and the attestation go, and with them the deposits come back.
        _chain.Pass(4000);
        Assert.Null(LeaseStore.Read(_chain.State, 1));
        Assert.Null(OrderStore.Read(_chain.State, 1));
        ulong stake = 200 * Credit;
        Assert.Equal(StartFunds - closed.DueTotal - Fees("alice"), _chain.Balance("alice"));
        Assert.Equal(StartFunds - stake + closed.DueTotal - closed.FeeTotal - Fees("bob"), _chain.Balance("bob"));
        Assert.Equal(StartFunds - stake - Fees("carol"), _chain.Balance("carol"));
        Assert.Equal(StartFunds - Fees("auditor"), _chain.Balance("auditor"));
        Assert.True(Pools.Load(_chain.State).Reliability == closed.FeeTotal / 4);
        Assert.True(_chain.HeldInAll() == 0);
    }

    [Fact]
    public void Refused_message_pays_its_fee_and_changes_nothing_else()
    {
        Must("alice", new OpenOrder(new OrderTerms(
            Hash(3), Hash(4), new OrderNeeds(new ResourceVector(2000), [], [], []), 1, 60_000_000, 10_000_000, 60, 0, 5, 300)));
        byte[] before = OrderStore.Read(_chain.State, 1)!.Encode();
        ulong funds = _chain.Balance("dave");
        TransactionOutcome outcome = _chain.RunOne("dave", new PlaceBid(1, Rate, 10_000_000, 5));
        Assert.Equal(ResultCode.NotFound, outcome.Code);
        Assert.Equal(funds - FeeOf(outcome), _chain.Balance("dave"));
        Assert.Equal(before, OrderStore.Read(_chain.State, 1)!.Encode());
        Assert.True(_chain.HeldInAll() == 0);
    }

    private static Register Provider(string region) => new(
        Role.Provider, 200 * Credit, "", Hash(10), [new ClassCapacity(ResourceClass.CpuMilli, 8000)], region, [], 1);

    private Lease LeaseAt(ulong id) => LeaseStore.Read(_chain.State, id)!;

    private ulong Fees(string name) => _feesPaid.GetValueOrDefault(name);

    private void Must(string sender, Message message)
    {
        TransactionOutcome outcome = _chain.RunOne(sender, message);
        Assert.Equal(ResultCode.Ok, outcome.Code);
        _feesPaid[sender] = Fees(sender) + FeeOf(outcome);
        Assert.True(_chain.HeldInAll() == 0);
    }

    private static ulong FeeOf(TransactionOutcome outcome) =>
        ulong.Parse(outcome.Events[0].Attributes[1].Value, System.Globalization.CultureInfo.InvariantCulture);
}
