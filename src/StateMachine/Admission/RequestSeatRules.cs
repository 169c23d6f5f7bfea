using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>
/// Kind 32. Asking only writes a request: validators decide (<see cref="AdmitRules"/>). Leaving and rotating need nobody, since
/// they give nobody power who had none.
/// </summary>
public static class RequestSeatRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        RequestSeat request = (RequestSeat)message;
        Seat? seat = Seats.Of(context.State, context.Sender);
        return request.Action switch
        {
            SeatAction.Ask => Ask(context, request, seat),
            SeatAction.Leave => Leave(context, seat),
            _ when seat is null || seat.Expires <= context.Now => ResultCode.NotFound,
            SeatAction.RotateConsensus => RotateConsensus(context, request, seat),
            _ => RotateNode(context, request, seat),
        };
    }

    /// <param name="reason">left, expired or granted.</param>
    internal static Event Ended(in Address provider, string reason) =>
        new("SeatRequestEnded", [new("provider", provider), new("reason", reason)]);

    private static ResultCode Ask(ExecutionContext context, RequestSeat request, Seat? seat)
    {
        ResultCode code = SeatRules.CheckProvider(context, CapacityClock.LoadProvider(context, context.Sender));
        if (code == ResultCode.Ok && seat is not null) code = ResultCode.Exists;
        if (code == ResultCode.Ok) code = SeatRules.CheckConsensusKey(context.State, request.ConsensusKey, context.Now);
        if (code == ResultCode.Ok) code = SeatRules.CheckNodeKey(context.State, request.NodeKey);
        if (code == ResultCode.Ok && !AreProofsValid(context, request, default)) code = ResultCode.BadProof;
        if (code != ResultCode.Ok) return code;

        // A provider has one request: asking again puts the new keys in the place of the old.
        if (SeatRequests.Load(context, context.Sender) is { } before) SeatRequests.Close(context, context.Sender, before);
        SeatRequest stored = new(
            request.ConsensusKey, request.NodeKey, context.Now + context.Block.Parameters.AdmissionSeconds);
        SeatRequests.Store(context.State, context.Sender, stored);
        context.Emit(new Event("SeatRequested",
        [
            new("provider", context.Sender),
            new("consensus_key", Hex.Lower(stored.ConsensusKey.Span)),
            new("node_key", Hex.Lower(stored.NodeKey.Span)),
            new("due", stored.Due.Seconds),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Leave(ExecutionContext context, Seat? seat)
    {
        if (SeatRequests.Load(context, context.Sender) is { } open)
        {
            SeatRequests.Close(context, context.Sender, open);
            context.Emit(Ended(context.Sender, "left"));
            return ResultCode.Ok;
        }
        if (seat is null) return Jails.TryDropSeat(context.State, context.Sender) ? ResultCode.Ok : ResultCode.NotFound;
        if (!PastSeats.TryVacate(context.State, context.Block, seat)) return ResultCode.LastValidator;
        context.Emit(PastSeats.Ended(seat, "left"));
        return ResultCode.Ok;
    }

    private static ResultCode RotateConsensus(ExecutionContext context, RequestSeat request, Seat seat)
    {
        ResultCode code = SeatRules.CheckConsensusKey(context.State, request.ConsensusKey, context.Now);
        if (code != ResultCode.Ok) return code;
        if (!AreProofsValid(context, request, seat.ConsensusKey)) return ResultCode.BadProof;
        int past = PastSeats.CountOf(context.State, context.Sender);
        if (past >= AdmissionLimits.PastSeatsPerProviderMax) return ResultCode.OverMaximum;
        Seat rotated = seat with { ConsensusKey = request.ConsensusKey };
        PastSeats.Vacate(context.State, context.Block, seat);
        Seats.Store(context.State, rotated);
        context.Emit(PastSeats.Ended(seat, "rotated"));
        context.Emit(Rotated(rotated));
        return ResultCode.Ok;
    }

    private static ResultCode RotateNode(ExecutionContext context, RequestSeat request, Seat seat)
    {
        ResultCode code = SeatRules.CheckNodeKey(context.State, request.NodeKey);
        if (code != ResultCode.Ok) return code;
        if (!AreProofsValid(context, request, seat.NodeKey)) return ResultCode.BadProof;
        Seat rotated = seat with { NodeKey = request.NodeKey };
        Seats.Store(context.State, rotated);
        context.Emit(Rotated(rotated));
        return ResultCode.Ok;
    }

    private static Event Rotated(Seat seat) => new("SeatKeyRotated",
    [
        new("provider", seat.Provider),
        new("consensus_key", Hex.Lower(seat.ConsensusKey.Span)),
        new("node_key", Hex.Lower(seat.NodeKey.Span)),
    ]);

    /// <summary>Every key that the message names has signed it, and the key that goes as well.</summary>
    private static bool AreProofsValid(ExecutionContext context, RequestSeat request, in PublicKey former)
    {
        byte[] signed = RequestSeat.SignBytes(
            context.Block.ChainId, context.Sender, request.Action, request.ConsensusKey, request.NodeKey, former);
        return (request.ConsensusKey == default || Ed25519.Verify(request.ConsensusKey, signed, request.ConsensusProof))
            && (request.NodeKey == default || Ed25519.Verify(request.NodeKey, signed, request.NodeProof))
            && (former == default || Ed25519.Verify(former, signed, request.FormerProof));
    }
}
