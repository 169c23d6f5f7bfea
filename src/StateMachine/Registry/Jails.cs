using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>The way into jail and out of it (marketplace.md 5.2: JAILED → ACTIVE by top-up and waiting).</summary>
public static class Jails
{
    public static Jail? Load(IStateReader state, in Address provider)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.Jail, provider));
        if (bytes is null) return null;
        bool isCanonical = Jail.TryDecode(bytes, out Jail jail, out _);
        Invariant.Holds(isCanonical, "a stored jail is canonical");
        return jail;
    }

    /// <summary>Jails a provider from within a message or a timed move; see the other <see cref="Enter(StateOverlay, BlockContext, Provider, string, List{Event})"/>.</summary>
    public static Provider Enter(ExecutionContext context, Provider provider, string cause) =>
        Enter(context.State, context.Block, provider, cause, context.Events);

    /// <summary>
    /// Jails a provider, or keeps it in longer. Its seat ends, whatever the cause: who is not trusted with leases is not trusted with
    /// blocks either. The seat whose end would leave the chain without a validator stays. One on its way out stays as it is: it takes
    /// nothing new already, and must not come back. Answers it as it is afterwards; the caller stores it.
    /// </summary>
    /// <param name="cause">For the events of the jail and of the end of the seat.</param>
    public static Provider Enter(
        StateOverlay state, BlockContext block, Provider provider, string cause, List<Event> events)
    {
        bool isLeaving = provider.Status is ProviderStatus.Exiting or ProviderStatus.Retired;
        MarketTime until = block.Now + block.Parameters.JailSeconds;
        if (!isLeaving) events.Add(ProviderNames.Moved(provider, ProviderStatus.Jailed, cause, until));
        Seat? lost = null;
        if (Seats.Of(state, provider.Address) is { } seat)
        {
            bool isEnded = PastSeats.TryVacate(state, block, seat);
            events.Add(isEnded ? PastSeats.Ended(seat, cause) : PastSeats.Kept(seat));
            if (isEnded) lost = seat;
        }
        if (isLeaving) return provider;
        Jail? before = Load(state, provider.Address);
        bool inProbation = before?.InProbation ?? (provider.Status == ProviderStatus.Probation || provider.ReturnsToProbation);
        Jail jail = new(until, inProbation, lost ?? before?.Seat);
        state.Put(StoreId.Market, Schema.Key(Schema.Jail, provider.Address), jail.Encode());
        return provider with { Status = ProviderStatus.Jailed, ReturnsToProbation = false };
    }

    /// <summary>
    /// Lets a provider return whose time is over and whose stake is enough again. Its seat returns with it, unless that has
    /// expired or its keys and place have been taken.
    /// </summary>
    public static ResultCode TryLeave(ExecutionContext context, Provider provider, out Provider after)
    {
        after = provider;
        if (provider.Status != ProviderStatus.Jailed) return ResultCode.BadState;
        Jail jail = Load(context.State, provider.Address) ?? new Jail(default, false, null);
        if (context.Now < jail.Until) return ResultCode.TooEarly;
        if (provider.Bonded < context.Block.Parameters.StakeMinProvider) return ResultCode.BelowMinimum;
        after = provider with { Status = jail.InProbation ? ProviderStatus.Probation : ProviderStatus.Active };
        Forget(context.State, provider.Address);
        if (jail.Seat is { } seat && MayReturn(context, seat))
        {
            Seats.Store(context.State, seat);
            context.Emit(new Event("SeatReturned",
            [
                new("consensus_address", seat.ConsensusAddress), new("provider", seat.Provider),
            ]));
        }
        return ResultCode.Ok;
    }

    /// <summary>Gives up the seat that would return. False when there is none.</summary>
    public static bool TryDropSeat(StateOverlay state, in Address provider)
    {
        if (Load(state, provider) is not { Seat: not null } jail) return false;
        state.Put(StoreId.Market, Schema.Key(Schema.Jail, provider), (jail with { Seat = null }).Encode());
        return true;
    }

    /// <summary>Ends a jail, if there is one.</summary>
    internal static void Forget(StateOverlay state, in Address provider)
    {
        if (Load(state, provider) is not null) state.Delete(StoreId.Market, Schema.Key(Schema.Jail, provider));
    }

    private static bool MayReturn(ExecutionContext context, Seat seat)
    {
        PastSeat? past = PastSeats.Load(context.State, seat.ConsensusAddress);
        bool isOwn = past is null || past.Provider == seat.Provider;
        bool isFree = !Seats.Uses(context.State, seat.ConsensusKey) && !Seats.Uses(context.State, seat.NodeKey)
            && Seats.Of(context.State, seat.Provider) is null;
        return isOwn && isFree && seat.Expires > context.Now && Seats.All(context.State).Count < Limits.ValidatorsMax;
    }
}
