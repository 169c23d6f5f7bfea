using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Trust;

public sealed class ReviewTests
{
    private const ulong Fee = 10 * 4_000_000 / 50;

    [Fact]
    public void Review_stays_hidden_until_the_other_side_has_written()
    {
        MarketWorld world = new();
        ulong id = ClosedLease(world);
        world.Must(Tenant, Rate(id, 5, 4, 3));
        Assert.Equal(ReviewState.Hidden, ReviewBook.Load(world.State, id, ReviewSide.Tenant)!.State);
        Assert.Equal(RatingTotals.None, RatingTotals.Load(world.State, ProviderA, ReviewSide.Provider));
        Assert.DoesNotContain(world.LastEvents, happened => happened.Type == "ReviewPublished");
        world.Advance(5);
        world.Must(ProviderA, Rate(id, 2, 2, 2));
        Assert.Equal(ReviewState.Published, ReviewBook.Load(world.State, id, ReviewSide.Tenant)!.State);
        Assert.Equal(ReviewState.Published, ReviewBook.Load(world.State, id, ReviewSide.Provider)!.State);
        RatingTotals provider = RatingTotals.Load(world.State, ProviderA, ReviewSide.Provider);
        Assert.Equal(new RatingTotals(1, Fee, 5 * Fee, 4 * Fee, 3 * Fee), provider);
        Assert.Equal(400UL, provider.MeanHundredths(provider.Reliability));
        Assert.Equal(new RatingTotals(1, Fee, 2 * Fee, 2 * Fee, 2 * Fee), RatingTotals.Load(world.State, Tenant, ReviewSide.Tenant));
    }

    [Fact]
    public void Review_of_one_side_is_published_when_the_window_is_over()
    {
        MarketWorld world = new();
        ulong id = ClosedLease(world);
        world.Must(Tenant, Rate(id, 5, 4, 3));
        world.Advance(29);
        Assert.Equal(LeaseState.Final, world.LeaseAt(id).State);
        Assert.Equal(ReviewState.Hidden, ReviewBook.Load(world.State, id, ReviewSide.Tenant)!.State);
        world.Advance(1);
        Review review = ReviewBook.Load(world.State, id, ReviewSide.Tenant)!;
        Assert.Equal((ReviewState.Published, world.Now), (review.State, review.PublishedAt));
        Assert.Equal(ResultCode.TooLate, world.Send(ProviderA, Rate(id, 1, 1, 1)));
        world.Advance(3600);
        Assert.Null(LeaseStore.Read(world.State, id));
        Assert.NotNull(ReviewBook.Load(world.State, id, ReviewSide.Tenant));
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, Rate(id, 1, 1, 1)));
    }

    [Fact]
    public void Review_that_breaks_a_rule_is_refused_with_its_code()
    {
        MarketWorld world = new();
        Assert.Equal(ResultCode.NotFound, world.Send(Tenant, Rate(1, 5, 5, 5)));
        ulong running = world.StartedLease();
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, Rate(running, 5, 5, 5)));
        world.Must(Tenant, new CloseLease(running, CloseReason.Done, CloseMode.Now));
        Assert.Equal(ResultCode.BadState, world.Send(Tenant, Rate(running, 5, 5, 5)));

        ulong id = ClosedLease(world);
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Stranger, Rate(id, 5, 5, 5)));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(Tenant, Rate(id, 0, 0, 0)));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Rate(id, 6, 5, 5)));
        Assert.Equal(ResultCode.OverMaximum, world.Send(Tenant, Rate(id, 5, 0, 5)));
        world.Must(Tenant, Rate(id, 5, 5, 5));
        Assert.Equal(ResultCode.AlreadyDone, world.Send(Tenant, Rate(id, 1, 1, 1)));
    }

    [Fact]
    public void Reply_is_given_once_by_the_subject_of_a_published_review()
    {
        MarketWorld world = new();
        ulong id = ClosedLease(world);
        WriteReview reply = new(id, ReviewAction.Reply, default, HashOf(5));
        Assert.Equal(ResultCode.NotFound, world.Send(ProviderA, reply));
        world.Must(Tenant, Rate(id, 1, 1, 1));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, reply));
        Assert.Equal(ResultCode.NoCaseRight, world.Send(Tenant, reply));
        world.Advance(30);
        Assert.Equal(ResultCode.OverMaximum, world.Send(ProviderA, reply with { Stars = new Stars(1, 1, 1) }));
        Assert.Equal(ResultCode.BelowMinimum, world.Send(ProviderA, reply with { TextHash = default }));
        world.Must(ProviderA, reply);
        Assert.Equal(HashOf(5), ReviewBook.Load(world.State, id, ReviewSide.Tenant)!.ReplyHash);
        Assert.Equal(ResultCode.AlreadyDone, world.Send(ProviderA, reply));
    }

    [Fact]
    public void Weight_is_the_fee_up_to_the_cap_halved_for_each_earlier_review_of_the_pair()
    {
        Assert.Equal(100UL, ReviewMath.Weight(100, 1000, 0));
        Assert.Equal(1000UL, ReviewMath.Weight(5000, 1000, 0));
        Assert.Equal(12UL, ReviewMath.Weight(100, 1000, 3));
        Assert.Equal(0UL, ReviewMath.Weight(ulong.MaxValue, ulong.MaxValue, 64));

        MarketWorld world = new(Parameters.Devnet.With(ParameterId.ReviewWeightCap, Fee / 2));
        foreach (ulong expected in (ulong[])[Fee / 2, Fee / 4, Fee / 8])
        {
            ulong id = ClosedLease(world);
            world.Must(Tenant, Rate(id, 5, 5, 5));
            Assert.Equal(expected, ReviewBook.Load(world.State, id, ReviewSide.Tenant)!.Weight);
        }
    }

    private static ulong ClosedLease(MarketWorld world)
    {
        ulong id = world.StartedLease();
        world.Advance(10);
        world.Must(Tenant, new CloseLease(id, CloseReason.Done, CloseMode.Now));
        return id;
    }

    private static WriteReview Rate(ulong lease, byte quality, byte reliability, byte communication) =>
        new(lease, ReviewAction.Rate, new Stars(quality, reliability, communication), HashOf(6));
}
