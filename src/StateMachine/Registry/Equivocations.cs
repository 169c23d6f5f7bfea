using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
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
            Punish(state, block, provider!, offender, height, events, reporter: null);
        }
    }

    /// <summary>The provider behind a seat, or behind one that ended not too long ago; null when nobody is known.</summary>
    public static Provider? Answerable(StateOverlay state, BlockContext block, in Address offender)
    {
        if (Seats.Load(state, offender) is { } seat) return Providers.Load(state, seat.Provider);
        if (PastSeats.Load(state, offender) is not { } past || past.Until <= block.Now) return null;
        return Providers.Load(state, past.Provider);
    }

    /// <summary>The punishment itself; the caller has taken the slash key, and pays the reporter its share of what is answered.</summary>
    /// <param name="reporter">Who brought the votes in a message; null for a block's evidence.</param>
    public static SlashSplit Punish(
        StateOverlay state,
        BlockContext block,
        Provider provider,
        Address offender,
        Height height,
        List<Event> events,
        Address? reporter)
    {
        ulong held = (ulong)provider.Stake.Held;
        // Collateral is promised to tenants: a fault of consensus does not take it from them.
        ulong amount = Math.Min(
            (ulong)((UInt128)held * block.Parameters.EquivocationSlashBps / BpsWhole), held - provider.Locked);
        SlashSplit split = reporter is null ? SlashSplit.Unreported(amount) : SlashSplit.Of(amount, block.Parameters);
        List<Event> told = [];
        Provider punished = Jails.Enter(
            state, block, provider with { Stake = provider.Stake.WithSlashed(amount) }, "equivocation", told);
        Providers.Store(state, punished);
        Pools.AddToReliability(state, split.Reliability);
        Pools.Burn(state, split.Burned);
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
            new("reliability", split.Reliability),
            new("burned", split.Burned),
            .. Rewarded(reporter, split),
        ]));
        events.AddRange(told);
        return split;
    }

    private static EventAttribute[] Rewarded(Address? reporter, SlashSplit split) =>
        reporter is { } address ? [new("reporter", address), new("reward", split.Reporter)] : [];
}
