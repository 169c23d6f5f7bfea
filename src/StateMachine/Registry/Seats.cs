using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Load and store of seats, by consensus address. There are at most <see cref="Limits.ValidatorsMax"/>.</summary>
public static class Seats
{
    public static Seat? Load(IStateReader state, in Address consensusAddress)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.Seat, consensusAddress));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>Every seat, by consensus address ascending.</summary>
    public static List<Seat> All(IStateReader state)
    {
        byte[] from = Schema.Key(Schema.Seat);
        List<Seat> seats = [];
        foreach (KeyValuePair<byte[], byte[]> pair in state.Range(StoreId.Meta, from, Schema.RangeEnd(from)))
        {
            seats.Add(Decode(pair.Value));
        }
        return seats;
    }

    /// <summary>The seat of a provider, or null.</summary>
    public static Seat? Of(IStateReader state, in Address provider)
    {
        foreach (Seat seat in All(state))
        {
            if (seat.Provider == provider) return seat;
        }
        return null;
    }

    /// <summary>True when a seat speaks or connects with this key.</summary>
    public static bool Uses(IStateReader state, in PublicKey key)
    {
        foreach (Seat seat in All(state))
        {
            if (seat.ConsensusKey == key || seat.NodeKey == key) return true;
        }
        return false;
    }

    /// <summary>Writes a seat, which goes when it expires.</summary>
    public static void Store(StateOverlay state, Seat seat)
    {
        state.Put(StoreId.Meta, Schema.Key(Schema.Seat, seat.ConsensusAddress), seat.Encode());
        if (seat.Expires != MarketTime.Never) TimedQueue.Schedule(state, seat.Expires, TimedKind.Seat, seat.Provider.Span);
    }

    public static void Remove(StateOverlay state, in Address consensusAddress) =>
        state.Delete(StoreId.Meta, Schema.Key(Schema.Seat, consensusAddress));

    /// <summary>Ends a seat that has expired. The last one is kept, and looked at again later.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        if (Of(context.State, Address.From(id)) is not { } seat || seat.Expires > context.Now) return;
        if (PastSeats.TryVacate(context.State, context.Block, seat))
        {
            context.Emit(PastSeats.Ended(seat, "expired"));
            return;
        }
        Store(context.State, seat with { Expires = context.Now + context.Block.Parameters.AdmissionSeconds });
        context.Emit(PastSeats.Kept(seat));
    }

    private static Seat Decode(byte[] bytes)
    {
        bool isCanonical = Seat.TryDecode(bytes, out Seat seat, out _);
        Invariant.Holds(isCanonical, "a stored seat is canonical");
        return seat;
    }
}
