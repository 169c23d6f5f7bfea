using System;
using System.Collections.Generic;
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
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Every past seat with its consensus address, ascending.</summary>
    public static List<KeyValuePair<Address, PastSeat>> All(IStateReader state)
    {
        byte[] from = Schema.Key(Schema.PastSeat);
        List<KeyValuePair<Address, PastSeat>> all = [];
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Meta, from, Schema.RangeEnd(from)))
        {
            all.Add(new(Address.From(pair.Key.AsSpan(1)), Decode(pair.Value)));
        }
        return all;
    }

    /// <summary>Past seats of a provider that are still kept.</summary>
    public static int CountOf(IStateReader state, in Address provider)
    {
        int count = 0;
        foreach ((_, PastSeat seat) in All(state))
        {
            if (seat.Provider == provider) count++;
        }
        return count;
    }

    /// <summary>Ends a seat, unless it is the last: the chain is never left without a validator.</summary>
    public static bool TryVacate(StateOverlay state, BlockContext block, Seat seat)
    {
        if (Seats.All(state).Count <= 1) return false;
        Vacate(state, block, seat);
        return true;
    }

    /// <summary>Ends a seat and keeps who answers for its key. The caller sees to it that another seat stays or comes.</summary>
    public static void Vacate(StateOverlay state, BlockContext block, Seat seat)
    {
        Seats.Remove(state, seat.ConsensusAddress);
        MarketTime until = block.Now + block.Parameters.EvidenceSecondsMax + block.Parameters.UnbondingSeconds;
        PastSeat past = new(seat.Provider, seat.NodeKey, block.Height, until);
        state.Put(StoreId.Meta, Schema.Key(Schema.PastSeat, seat.ConsensusAddress), past.Encode());
        TimedQueue.Schedule(state, until, TimedKind.PastSeat, seat.ConsensusAddress.Span);
    }

    /// <param name="reason">left, expired, revoked, rotated, or why its provider was jailed.</param>
    internal static Event Ended(Seat seat, string reason) => new("SeatEnded",
    [
        new("consensus_address", seat.ConsensusAddress), new("provider", seat.Provider), new("reason", reason),
    ]);

    /// <summary>What would have ended was the last seat.</summary>
    internal static Event Kept(Seat seat) => new("SeatKept",
    [
        new("consensus_address", seat.ConsensusAddress), new("provider", seat.Provider), new("reason", "last_validator"),
    ]);

    /// <summary>Drops a record whose time is over. One that a later end of the same key renewed stays.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        Address consensusAddress = Address.From(id);
        if (Load(context.State, consensusAddress) is not { } seat || seat.Until > context.Now) return;
        context.State.Delete(StoreId.Meta, Schema.Key(Schema.PastSeat, consensusAddress));
    }

    private static PastSeat Decode(byte[] bytes)
    {
        bool isCanonical = PastSeat.TryDecode(bytes, out PastSeat seat, out _);
        Invariant.Holds(isCanonical, "a stored past seat is canonical");
        return seat;
    }
}
