using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Admission;

/// <summary>What a decided proposal changes, and whether it can.</summary>
internal static class AdmitEffects
{
    public static ResultCode Check(ExecutionContext context, Admit proposal)
    {
        if (proposal.IsGrant && proposal.Expires <= context.Now) return ResultCode.TooLate;
        return proposal.Subject switch
        {
            AdmitSubject.Seat when proposal.IsGrant => CheckSeat(context, proposal.Address),
            AdmitSubject.Seat => CheckSeatEnd(context, proposal.Address),
            AdmitSubject.Access => CheckAccess(context, proposal),
            // An address needs no key of its own to be accredited, so nobody has to ask.
            _ when proposal.IsGrant || IsAccredited(context, proposal) => ResultCode.Ok,
            _ => ResultCode.NotFound,
        };
    }

    /// <summary>Makes the change of a proposal that was checked in the same message.</summary>
    public static void Apply(ExecutionContext context, Admit proposal)
    {
        switch (proposal.Subject)
        {
            case AdmitSubject.Seat when proposal.IsGrant:
                GrantSeat(context, proposal);
                break;
            case AdmitSubject.Seat:
                EndSeat(context, proposal.Address);
                break;
            case AdmitSubject.Access when proposal.IsGrant:
                GrantAccess(context, proposal);
                break;
            case AdmitSubject.Access:
                Accesses.Remove(context.State, proposal.NodeKey);
                context.Emit(Accesses.Ended(proposal.NodeKey, "revoked"));
                break;
            default:
                ChangeAccreditation(context, proposal);
                break;
        }
    }

    /// <summary>A seat that is valid is granted longer; else the provider must have asked, and still be fit for one.</summary>
    private static ResultCode CheckSeat(ExecutionContext context, in Address provider)
    {
        Seat? seat = Seats.Of(context.State, provider);
        if (seat is not null && seat.Expires > context.Now) return ResultCode.Ok;
        SeatRequest? request = SeatRequests.Load(context, provider);
        if (seat is not null || request is null) return ResultCode.NotFound;
        ResultCode code = SeatRules.CheckProvider(context, CapacityClock.LoadProvider(context, provider));
        if (code == ResultCode.Ok) code = SeatRules.CheckConsensusKey(context.State, request.ConsensusKey, context.Now);
        if (code == ResultCode.Ok) code = SeatRules.CheckNodeKey(context.State, request.NodeKey);
        bool isFull = Seats.All(context.State).Count >= Limits.ValidatorsMax;
        return code == ResultCode.Ok && isFull ? ResultCode.SeatsFull : code;
    }

    private static ResultCode CheckSeatEnd(ExecutionContext context, in Address provider)
    {
        bool hasSeat = Seats.Of(context.State, provider) is not null;
        if (hasSeat) return Seats.All(context.State).Count <= 1 ? ResultCode.LastValidator : ResultCode.Ok;
        return Jails.Load(context.State, provider)?.Seat is null ? ResultCode.NotFound : ResultCode.Ok;
    }

    private static ResultCode CheckAccess(ExecutionContext context, Admit proposal)
    {
        bool hasAccess = Accesses.ExpiryOf(context.State, proposal.NodeKey, context.Now) is not null;
        bool isAsked = proposal.IsGrant && AccessRequests.Load(context, proposal.NodeKey) is not null;
        return hasAccess || isAsked ? ResultCode.Ok : ResultCode.NotFound;
    }

    private static bool IsAccredited(ExecutionContext context, Admit proposal) =>
        Accreditations.Holds(context.State, proposal.Address, proposal.Scope, context.Now);

    private static void GrantSeat(ExecutionContext context, Admit proposal)
    {
        Seat? seat = Seats.Of(context.State, proposal.Address);
        bool isRenewed = seat is not null;
        if (seat is null)
        {
            SeatRequest? request = SeatRequests.Load(context, proposal.Address);
            Invariant.Holds(request is not null, "a seat is granted on request");
            seat = new Seat(request.ConsensusKey, proposal.Address, request.NodeKey, proposal.Expires);
            SeatRequests.Close(context, proposal.Address, request);
            context.Emit(RequestSeatRules.Ended(proposal.Address, "granted"));
        }
        seat = seat with { Expires = proposal.Expires };
        Seats.Store(context.State, seat);
        // A jailed provider's old seat does not come back beside the new one.
        Jails.TryDropSeat(context.State, proposal.Address);
        context.Emit(new Event(isRenewed ? "SeatRenewed" : "SeatGranted",
        [
            new("provider", seat.Provider),
            new("consensus_address", seat.ConsensusAddress),
            new("node_key", Hex.Lower(seat.NodeKey.Span)),
            new("power", (ulong)SeatPower.Of(context.State, seat, context.Block.Parameters)),
            new("expires", seat.Expires.Seconds),
        ]));
    }

    private static void EndSeat(ExecutionContext context, in Address provider)
    {
        Jails.TryDropSeat(context.State, provider);
        if (Seats.Of(context.State, provider) is not { } seat) return;
        PastSeats.Vacate(context.State, context.Block, seat);
        context.Emit(PastSeats.Ended(seat, "revoked"));
    }

    private static void GrantAccess(ExecutionContext context, Admit proposal)
    {
        if (AccessRequests.Load(context, proposal.NodeKey) is { } request)
        {
            AccessRequests.Close(context, proposal.NodeKey, request);
            context.Emit(RequestAccessRules.Ended(proposal.NodeKey, "granted"));
        }
        Accesses.Store(context.State, proposal.NodeKey, proposal.Expires);
        context.Emit(new Event("AccessGranted",
        [
            new("node_key", Hex.Lower(proposal.NodeKey.Span)), new("expires", proposal.Expires.Seconds),
        ]));
    }

    private static void ChangeAccreditation(ExecutionContext context, Admit proposal)
    {
        if (proposal.IsGrant) Accreditations.Store(context.State, proposal.Address, proposal.Scope, proposal.Expires);
        else Accreditations.Remove(context.State, proposal.Address, proposal.Scope);
        context.Emit(new Event(proposal.IsGrant ? "AccreditationGranted" : "AccreditationEnded",
        [
            new("address", proposal.Address), new("scope", proposal.Scope), new("expires", proposal.Expires.Seconds),
        ]));
    }
}
