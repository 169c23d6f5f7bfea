using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>Load and store of seats, by consensus address.</summary>
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

    public static void Store(StateOverlay state, Seat seat) =>
        state.Put(StoreId.Meta, Schema.Key(Schema.Seat, seat.ConsensusAddress), seat.Encode());

    public static void Remove(StateOverlay state, in Address consensusAddress) =>
        state.Delete(StoreId.Meta, Schema.Key(Schema.Seat, consensusAddress));

    private static Seat Decode(byte[] bytes)
    {
        bool isCanonical = Seat.TryDecode(bytes, out Seat seat, out _);
        Invariant.Holds(isCanonical, "a stored seat is canonical");
        return seat;
    }
}
