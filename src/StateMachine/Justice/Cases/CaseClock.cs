using System;
using System.Collections.Generic;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>
/// What time and the beacon do to a case. Every silence has its default, so a case ends whatever anybody does: after at most
/// rounds · (draw + commit + reveal + appeal) past the answer.
/// </summary>
public static class CaseClock
{
    /// <summary>The case at the block's time, or null when there is none (any more).</summary>
    public static Case? Load(ExecutionContext context, ulong id)
    {
        // Which attestations contradict each other depends on the order in which cases about them end.
        if (CaseStore.Read(context.State, id) is { Target: CaseTarget.Attestation } found) AttestationStore.Load(context, found.Reference);
        return Bring(context, id, context.Now);
    }

    /// <summary>The case at a time that is not after the block's, or null.</summary>
    internal static Case? Bring(ExecutionContext context, ulong id, MarketTime at)
    {
        Case? stored = CaseStore.Read(context.State, id);
        Case? found = stored;
        while (found is not null && DueOf(context, found) <= at)
        {
            Case? next = Step(context, found);
            if (next is null) CaseStore.Delete(context.State, found);
            else CaseStore.Store(context.State, found, next);
            found = next;
        }
        return found;
    }

    /// <summary>When time or the beacon changes a case next, as far as that is known.</summary>
    internal static MarketTime DueOf(ExecutionContext context, Case found) => DrawOf(context, found)?.At ?? found.StateUntil;

    /// <summary>Once nothing is missing any more, the next state need not wait for its time.</summary>
    internal static Case Hasten(ExecutionContext context, Case voting)
    {
        foreach (CaseJuror juror in voting.Jurors)
        {
            if (juror.Round != voting.Round) continue;
            bool isMissing = voting.State == CaseState.Commit ? juror.Commit.IsZero : !juror.HasVoted;
            if (isMissing) return voting;
        }
        return voting.State == CaseState.Commit ? ToReveal(context, voting, context.Now) : Rule(context, voting, context.Now);
    }

    internal static Case ToDrawing(ExecutionContext context, Case before, MarketTime at)
    {
        ulong round = Draws.Request(context, Core.TimedKind.Case, Store.Schema.Key(JusticeSchema.Case, before.Id).AsSpan(1));
        // A beacon that is silent for so long must not hold the parties' money for ever.
        MarketTime until = at + context.Block.Parameters.AppealSeconds;
        Case drawing = before with { State = CaseState.Drawing, DrawRound = round, StateUntil = until };
        EmitMoved(context, before, drawing);
        return drawing;
    }

    internal static void EmitMoved(ExecutionContext context, Case before, Case to) => context.Emit(new Event("CaseMoved",
    [
        new("case", to.Id),
        new("from", CaseNames.Of(before.State)),
        new("to", CaseNames.Of(to.State)),
        new("round", to.Round),
        new("until", to.StateUntil.Seconds),
    ]));

    private static Case? Step(ExecutionContext context, Case found)
    {
        if (DrawOf(context, found) is { } value) return Seat(context, found, value);
        return found.State switch
        {
            CaseState.Answer => CaseEnds.End(context, found with { RulingBps = LeaseMath.BasisPoints }, CaseOutcome.Defaulted, found.StateUntil),
            CaseState.Drawing => CaseEnds.WithoutJury(context, found, found.StateUntil),
            CaseState.Commit => ToReveal(context, found, found.StateUntil),
            CaseState.Reveal => Rule(context, found, found.StateUntil),
            CaseState.Ruled => CaseEnds.End(context, found, CaseOutcome.Ruled, found.StateUntil),
            _ => CaseEnds.Prune(context, found),
        };
    }

    private static BeaconValue? DrawOf(ExecutionContext context, Case found) =>
        found.State == CaseState.Drawing ? Draws.Find(context.State, found.DrawRound, found.StateUntil) : null;

    private static Case Seat(ExecutionContext context, Case found, BeaconValue value)
    {
        List<CaseJuror> jury = CaseJury.Draw(context, found, value.Value);
        if (jury.Count == 0) return CaseEnds.WithoutJury(context, found, value.At);
        Case seated = found with
        {
            State = CaseState.Commit,
            DrawRound = 0,
            StateUntil = value.At + context.Block.Parameters.JuryCommitSeconds,
            Jurors = [.. found.Jurors, .. jury],
        };
        foreach (CaseJuror juror in jury)
        {
            context.Emit(new Event("JurorDrawn",
            [
                new("case", found.Id),
                new("juror", juror.Address),
                new("round", juror.Round),
                new("at_stake", juror.AtStake),
            ]));
        }
        EmitMoved(context, found, seated);
        return seated;
    }

    private static Case ToReveal(ExecutionContext context, Case found, MarketTime at)
    {
        Case revealing = found with
        {
            State = CaseState.Reveal,
            StateUntil = at + context.Block.Parameters.JuryRevealSeconds,
        };
        EmitMoved(context, found, revealing);
        return revealing;
    }

    private static Case Rule(ExecutionContext context, Case found, MarketTime at)
    {
        List<ulong> votes = [];
        foreach (CaseJuror juror in found.Jurors)
        {
            if (juror.Round == found.Round && juror.HasVoted) votes.Add(juror.AwardBps);
        }
        if (votes.Count == 0) return CaseEnds.WithoutJury(context, found, at);
        Case ruled = found with
        {
            State = CaseState.Ruled,
            HasRuling = true,
            RulingBps = CaseMath.LowerMedian(votes),
            StateUntil = at + context.Block.Parameters.AppealSeconds,
        };
        context.Emit(new Event("CaseRuled",
        [
            new("case", found.Id),
            new("from", CaseNames.Of(found.State)),
            new("to", CaseNames.Of(ruled.State)),
            new("round", found.Round),
            new("votes", (ulong)votes.Count),
            new("ruling_bps", ruled.RulingBps),
            new("appeal_until", ruled.StateUntil.Seconds),
        ]));
        // The last round cannot be appealed.
        bool isLast = found.Round + 1 >= CaseMath.RoundsMax;
        return isLast ? CaseEnds.End(context, ruled, CaseOutcome.Ruled, at) : ruled;
    }
}
