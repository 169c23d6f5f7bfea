using System;
using System.Linq;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Update;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Registry;

public sealed class UpdateTests
{
    [Theory]
    [InlineData(ProviderStatus.Active)]
    [InlineData(ProviderStatus.Probation)]
    public void Paused_provider_may_not_bid_and_resumes_to_where_it_was(ProviderStatus status)
    {
        MarketWorld world = new();
        Providers.Store(world.State, world.ProviderAt(ProviderA) with { Status = status });
        ulong order = world.OpenOrder();
        world.Must(ProviderA, To(StatusChange.Pause));
        Assert.Contains(world.LastEvents, told => told.Type == "ProviderUpdated"
            && told.Attributes.Contains(new EventAttribute("to", "paused")));
        Assert.Equal(ProviderStatus.Paused, world.ProviderAt(ProviderA).Status);
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, BidOn(order)));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Pause)));
        world.Must(ProviderA, To(StatusChange.Resume));
        Assert.Equal(status, world.ProviderAt(ProviderA).Status);
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Resume)));
        world.Must(ProviderA, BidOn(order));
    }

    [Fact]
    public void Exit_ends_in_retirement_when_leases_bids_and_stake_are_gone()
    {
        MarketWorld world = new();
        ulong lease = world.StartedLease();
        world.Must(ProviderA, To(StatusChange.Exit));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Resume)));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Exit)));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, Fields("fr")));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Retire)));
        world.Must(Tenant, new CloseLease(lease, CloseReason.Done, CloseMode.Now));
        world.Advance(1_000_000);
        Assert.Equal(0UL, world.ProviderAt(ProviderA).LiveLeases);
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Retire)));
        world.Must(ProviderA, new Stake(Role.Provider, StakeAction.Unbond, world.ProviderAt(ProviderA).Bonded));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Retire)));
        world.Advance(world.Parameters.UnbondingSeconds);
        world.Must(ProviderA, new Stake(Role.Provider, StakeAction.Claim, 0));
        world.Must(ProviderA, To(StatusChange.Retire));
        Assert.Equal(ProviderStatus.Retired, world.ProviderAt(ProviderA).Status);
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Retire)));
    }

    [Theory]
    [InlineData(ProviderStatus.Suspended, true)]
    [InlineData(ProviderStatus.Jailed, true)]
    [InlineData(ProviderStatus.Exiting, false)]
    [InlineData(ProviderStatus.Retired, false)]
    public void Provider_that_is_out_of_the_market_changes_nothing_but_may_leave_for_good(ProviderStatus status, bool mayExit)
    {
        MarketWorld world = new();
        Providers.Store(world.State, world.ProviderAt(ProviderA) with { Status = status });
        foreach (StatusChange change in (StatusChange[])[StatusChange.Pause, StatusChange.Resume, StatusChange.Retire])
        {
            Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(change)));
        }
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, Fields("fr")));
        Assert.Equal(mayExit ? ResultCode.Ok : ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Exit)));
    }

    [Fact]
    public void Provider_with_a_seat_may_pause_but_not_exit()
    {
        MarketWorld world = new();
        Seats.Store(world.State, SeatOf());
        world.Must(ProviderA, To(StatusChange.Pause));
        Assert.Equal(ResultCode.BadState, world.Send(ProviderA, To(StatusChange.Exit)));
        Seats.Remove(world.State, SeatOf().ConsensusAddress);
        world.Must(ProviderA, To(StatusChange.Exit));
    }

    [Fact]
    public void Fields_change_alone_and_the_others_stay()
    {
        MarketWorld world = new();
        Provider before = world.ProviderAt(ProviderA);
        world.Must(ProviderA, Fields("fr"));
        Assert.Equal(("fr", before.EndpointHash), (world.ProviderAt(ProviderA).Region, world.ProviderAt(ProviderA).EndpointHash));
        world.Must(ProviderA, new Update(StatusChange.Pause, "", HashOf(8), [new(ResourceClass.MemoryMib, 7)]));
        Provider after = world.ProviderAt(ProviderA);
        Assert.Equal(("fr", HashOf(8), ProviderStatus.Paused), (after.Region, after.EndpointHash, after.Status));
        Assert.Equal([new(ResourceClass.CpuMilli, 4000), new ClassCapacity(ResourceClass.MemoryMib, 7)], after.Capacity);
        Assert.Equal(before.Stake.Held, after.Stake.Held);
        Assert.Equal(ResultCode.NotFound, world.Send(Stranger, Fields("fr")));
    }

    [Fact]
    public void Capacity_may_shrink_to_what_bids_and_leases_hold_and_no_further()
    {
        MarketWorld world = new();
        world.StartedLease();
        world.Must(ProviderA, BidOn(world.OpenOrder()));
        Assert.Equal((1000UL, 1000UL), (world.Leased(ProviderA), world.Reserved(ProviderA)));
        Assert.Equal(ResultCode.Capacity, world.Send(ProviderA, Fields("", new ClassCapacity(ResourceClass.CpuMilli, 1999))));
        world.Must(ProviderA, Fields("", new ClassCapacity(ResourceClass.CpuMilli, 2000)));
        Assert.Equal(
            new ClassCapacity(ResourceClass.CpuMilli, 2000, 1000, 1000),
            world.ProviderAt(ProviderA).SumOf(ResourceClass.CpuMilli));
    }

    [Fact]
    public void Message_reads_to_what_was_written_and_an_empty_or_unknown_change_is_refused()
    {
        Update full = new(StatusChange.Exit, "fr", HashOf(1), [new(ResourceClass.CpuMilli, 1), ClassCapacity.OfGpu(H100, 2)]);
        Assert.True(IsReadable(full));
        Assert.True(IsReadable(To(StatusChange.Pause)));
        Assert.True(IsReadable(Fields("fr")));
        Assert.False(IsReadable(To(StatusChange.None)));
        Assert.False(IsReadable(To((StatusChange)6)));
        Assert.False(IsReadable(full with { Capacity = [ClassCapacity.OfGpu(H100, 1), ClassCapacity.OfGpu(H100, 2)] }));
    }

    [Fact]
    public void Provider_record_keeps_where_a_pause_began()
    {
        Provider paused = new MarketWorld().ProviderAt(ProviderA) with { ReturnsToProbation = true };
        Assert.True(Provider.TryDecode(paused.Encode(), out Provider read, out _));
        Assert.Equal(paused.Encode(), read.Encode());
        Assert.True(read.ReturnsToProbation);
    }

    private static Seat SeatOf() => new(TestKeys.PublicOf("seat"), ProviderA, TestKeys.PublicOf("node"), MarketTime.Never);

    private static Update To(StatusChange change) => new(change, "", default, []);

    private static Update Fields(string region, params ClassCapacity[] capacity) =>
        new(StatusChange.None, region, default, capacity);

    private static bool IsReadable(Message message)
    {
        MessagePackWriter writer = new();
        KindTable.Write(ref writer, message);
        MessagePackReader reader = new(writer.Written);
        Message? read = KindTable.Read(ref reader);
        if (!reader.TryFinish(out _)) return false;
        MessagePackWriter again = new();
        KindTable.Write(ref again, read!);
        return writer.ToArray().AsSpan().SequenceEqual(again.ToArray());
    }
}
