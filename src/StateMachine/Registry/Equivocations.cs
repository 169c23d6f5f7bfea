using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// Punishes double votes at the start of a block (marketplace.md 5.1 "slash split"): a share of the provider's stake goes,
/// half of it to the reliability pool and the remainder burned; the provider is jailed and its seat ends. The seat whose end
/// would leave the chain without a validator stays.
/// </summary>
internal static class Equivocations
{
    private const ulong BpsWhole = 10_000;

    /// <param name="evidence">Verified by consensus, in block order.</param>
    public static void Apply(
        StateOverlay state, BlockContext block, IReadOnlyList<DuplicateVoteEvidence> evidence, List<Event> events)
    {
        foreach (DuplicateVoteEvidence item in evidence)
        {
            Address offender = item.VoteA.ValidatorAddress;
            Height height = item.VoteA.Height;
            string? ignored = null;
            Provider? provider = Answerable(state, block, offender);
            bool isTaken = SlashKeys.IsTaken(state, offender, height);
            // Taken for a stranger as well, so that no later block may carry the same evidence again.
            if (!isTaken) SlashKeys.Take(state, offender, height);
            if (isTaken) ignored = "already_punished";
            else if (provider is null) ignored = "unknown_validator";
            if (ignored is not null)
            {
                events.Add(new Event("EvidenceIgnored",
                [
                    new("consensus_address", offender), new("height", (ulong)height.Value), new("reason", ignored),
                ]));
                continue;
            }
            Seat? lost = EndSeat(state, block, provider!.Address, out Event? told);
            Punish(state, block, provider, lost, offender, height, events);
            if (told is not null) events.Add(told);
        }
    }

    /// <summary>The provider behind a seat, or behind one that ended not too long ago; null when nobody is known.</summary>
    private static Provider? Answerable(StateOverlay state, BlockContext block, in Address offender)
    {
        if (Seats.Load(state, offender) is { } seat) return Providers.Load(state, seat.Provider);
        if (PastSeats.Load(state, offender) is not { } past || past.Until <= block.Now) return null;
        return Providers.Load(state, past.Provider);
    }

    private static void Punish(
        StateOverlay state,
        BlockContext block,
        Provider provider,
        Seat? lost,
        Address offender,
        Height height,
        List<Event> events)
    {
        ulong held = (ulong)provider.Stake.Held;
        // Collateral is promised to tenants: a fault of consensus does not take it from them.
        ulong amount = Math.Min(
            (ulong)((UInt128)held * block.Parameters.EquivocationSlashBps / BpsWhole), held - provider.Locked);
        ulong pooled = amount / 2;
        // Who is on the way out takes nothing new already, and must not come back through jail.
        bool isLeaving = provider.Status is ProviderStatus.Exiting or ProviderStatus.Retired;
        Provider punished = provider with { Stake = provider.Stake.WithSlashed(amount) };
        if (!isLeaving) punished = Jails.Enter(state, block, punished, lost);
        Providers.Store(state, punished);
        Pools.AddToReliability(state, pooled);
        Pools.Burn(state, amount - pooled);
        events.Add(new Event("Slashed",
        [
            new("cause", "equivocation"),
            new("consensus_address", offender),
            new("height", (ulong)height.Value),
            new("provider", provider.Address),
            new("from", provider.Status.ToString().ToLowerInvariant()),
            new("to", punished.Status.ToString().ToLowerInvariant()),
            new("stake_from", held),
            new("stake_to", held - amount),
            new("reliability", pooled),
            new("burned", amount - pooled),
        ]));
    }

    /// <summary>Ends the offender's seat and answers it, null where it has none or its seat is the last.</summary>
    private static Seat? EndSeat(StateOverlay state, BlockContext block, Address provider, out Event? told)
    {
        told = null;
        if (Seats.Of(state, provider) is not { } seat) return null;
        bool isEnded = PastSeats.TryVacate(state, block, seat);
        told = isEnded ? PastSeats.Ended(seat, "equivocation") : PastSeats.Kept(seat);
        return isEnded ? seat : null;
    }
}
