using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Past seats by consensus address, kept for evidence age plus unbonding after the seat ended.</summary>
public static class PastSeats
{
    public static PastSeat? Load(IStateReader state, in Address consensusAddress)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.PastSeat, consensusAddress));
        if (bytes is null) return null;
        bool isCanonical = PastSeat.TryDecode(bytes, out PastSeat seat, out _);
        Invariant.Holds(isCanonical, "a stored past seat is canonical");
        return seat;
    }

    /// <summary>Ends a seat and keeps who answers for its key.</summary>
    public static void Vacate(StateOverlay state, BlockContext block, Seat seat)
    {
        Seats.Remove(state, seat.ConsensusAddress);
        MarketTime until = block.Now + block.Parameters.EvidenceSecondsMax + block.Parameters.UnbondingSeconds;
        state.Put(
            StoreId.Meta, Schema.Key(Schema.PastSeat, seat.ConsensusAddress), new PastSeat(seat.Provider, until).Encode());
        TimedQueue.Schedule(state, until, TimedKind.PastSeat, seat.ConsensusAddress.Span);
    }

    /// <summary>Drops a record whose time is over. One that a later end of the same key renewed stays.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        Address consensusAddress = Address.From(id);
        if (Load(context.State, consensusAddress) is not { } seat || seat.Until > context.Now) return;
        context.State.Delete(StoreId.Meta, Schema.Key(Schema.PastSeat, consensusAddress));
    }
}
