using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Beacon;

/// <summary>
/// The beacon (docs/adr/0007-beacon.md). A round ends when k distinct validators have each revealed the preimage of a tip that
/// was fixed before the round opened. A proposer reveals in its own block alone, so all that it can do is withhold.
/// </summary>
public static class BeaconRules
{
    private static ReadOnlySpan<byte> ValueDomain => "chain/beacon/1"u8;

    /// <summary>What the validator should put first into the block that it proposes on this state.</summary>
    public static BeaconNeed NeedOf(IStateReader state, in Address validator)
    {
        BeaconRound round = BeaconRound.Load(state);
        if (!round.IsWanted || Seats.Load(state, validator) is null) return BeaconNeed.Nothing;
        BeaconTip? tip = BeaconTips.Load(state, validator);
        if (tip is null || tip.IsUsedUp) return BeaconNeed.Tip;
        if (IsFinished(state, round)) return BeaconNeed.Opening;
        if (!CanFinish(state, round)) return CanOpen(state) ? BeaconNeed.Opening : BeaconNeed.Nothing;
        return Counts(round, validator, tip) ? BeaconNeed.Preimage : BeaconNeed.Nothing;
    }

    /// <summary>Whether the proposer of a block may put this into it; a pure function of the state before the block.</summary>
    public static bool IsValid(IStateReader state, in Address proposer, BeaconTransaction transaction)
    {
        BeaconTip? tip = BeaconTips.Load(state, proposer);
        if (!transaction.Tip.IsZero)
        {
            bool isFirst = tip is null || tip.IsUsedUp;
            return transaction.Preimage.IsZero && isFirst && Seats.Load(state, proposer) is not null;
        }
        if (transaction.Preimage.IsZero) return true;
        return tip is { IsUsedUp: false } && Sha256.Hash(transaction.Preimage.Span) == tip.Tip;
    }

    /// <summary>Reveals by distinct validators that end a round: never more than can be had while a third is away.</summary>
    public static int RevealsNeeded(IStateReader state)
    {
        int seats = Seats.All(state).Count;
        int alive = Math.Max(1, seats - ((seats - 1) / 3));
        return (int)Math.Min(Parameters.Load(state).BeaconDelayReveals, (ulong)alive);
    }

    internal static ResultCode Apply(ExecutionContext context, BeaconTransaction transaction)
    {
        // Evidence and timed moves of this block came between validity and here.
        Address proposer = context.Block.Proposer;
        if (!IsValid(context.State, proposer, transaction)) return ResultCode.BadProof;
        if (!transaction.Tip.IsZero) Register(context, proposer, transaction.Tip);
        else if (!transaction.Preimage.IsZero) Reveal(context, proposer, transaction.Preimage);
        Advance(context);
        return ResultCode.Ok;
    }

    /// <summary>
    /// Ends the round that has its reveals. Opens the one that is wanted once enough validators have tips, and again when too few of
    /// them are left.
    /// </summary>
    internal static void Advance(ExecutionContext context)
    {
        BeaconRound round = BeaconRound.Load(context.State);
        if (IsFinished(context.State, round)) round = Finish(context, round);
        if (!round.IsWanted || CanFinish(context.State, round) || !CanOpen(context.State)) return;
        (round with { OpenedAt = context.Block.Height, Revealers = [] }).Store(context.State);
        context.Emit(new Event("BeaconOpened",
            [new("round", round.Number), new("reveals_needed", (ulong)RevealsNeeded(context.State))]));
    }

    private static void Register(ExecutionContext context, Address proposer, in Hash256 tip)
    {
        ulong generation = (BeaconTips.Load(context.State, proposer)?.Generation ?? 0) + 1;
        BeaconTips.Store(context.State, proposer, new BeaconTip(tip, generation, 0, context.Block.Height));
        context.Emit(new Event("BeaconTipRegistered",
            [new("validator", proposer), new("tip", tip), new("generation", generation)]));
    }

    private static void Reveal(ExecutionContext context, Address proposer, in Hash256 preimage)
    {
        BeaconTip tip = BeaconTips.Load(context.State, proposer)!;
        BeaconTips.Store(context.State, proposer, tip with { Tip = preimage, Used = tip.Used + 1 });
        BeaconRound round = BeaconRound.Load(context.State);
        bool counts = round.IsOpen && Counts(round, proposer, tip);
        context.Emit(new Event("BeaconRevealed",
        [
            new("validator", proposer),
            new("preimage", preimage),
            new("round", counts ? round.Number : 0),
        ]));
        if (!counts) return;
        round = round with
        {
            Mix = Sha256.Hash(round.Mix.Span, preimage.Span),
            Revealers = [.. round.Revealers, proposer],
        };
        round.Store(context.State);
    }

    private static BeaconRound Finish(ExecutionContext context, BeaconRound round)
    {
        byte[] number = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, round.Number);
        Hash256 value = Sha256.Hash(ValueDomain, number, round.Mix.Span);
        Draws.Finish(context, round.Number, new BeaconValue(value, context.Now));
        BeaconRound next = new(round.Number + 1, round.IsNextWanted, false, default, value, []);
        next.Store(context.State);
        context.Emit(new Event("BeaconFinished", [new("round", round.Number), new("value", value)]));
        return next;
    }

    /// <summary>True when this reveal would be one that the round needs.</summary>
    private static bool Counts(BeaconRound round, in Address validator, BeaconTip tip) =>
        tip.RegisteredAt <= round.OpenedAt && !round.HasRevealed(validator);

    /// <summary>Also when seats have ended since, so that fewer reveals are needed.</summary>
    private static bool IsFinished(IStateReader state, BeaconRound round) =>
        round.IsOpen && round.Revealers.Count >= RevealsNeeded(state);

    private static bool CanOpen(IStateReader state) => TipsUpTo(state, null) >= RevealsNeeded(state);

    /// <summary>True while the round is open and enough tips count for it, with those that were revealed.</summary>
    private static bool CanFinish(IStateReader state, BeaconRound round) =>
        round.IsOpen && TipsUpTo(state, round) >= RevealsNeeded(state);

    private static int TipsUpTo(IStateReader state, BeaconRound? round)
    {
        int count = round?.Revealers.Count ?? 0;
        List<Seat> seats = Seats.All(state);
        foreach (Seat seat in seats)
        {
            if (BeaconTips.Load(state, seat.ConsensusAddress) is not { IsUsedUp: false } tip) continue;
            if (round is null || Counts(round, seat.ConsensusAddress, tip)) count++;
        }
        return count;
    }
}
