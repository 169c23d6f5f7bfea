using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>The ways in which a case ends, and where its money goes then.</summary>
internal static class CaseEnds
{
    /// <summary>
    /// Carries out the ruling. With a jury, the loser's bond pays its fees, and what is left of it goes to the winner. What it does not
    /// cover comes out of the stakes that jurors lost, and only then out of the winner's bond: who had to appeal twice against a bought
    /// jury should not pay for it. Without a jury, everybody gets its bond back.
    /// </summary>
    public static Case End(ExecutionContext context, Case ended, CaseOutcome outcome, MarketTime at)
    {
        bool hasJury = ended.Jurors.Count > 0;
        bool respondentLost = ended.RulingBps >= CaseMath.LostFromBps;
        bool isJudged = outcome == CaseOutcome.Ruled;
        ulong toClaimant = ended.ClaimantBond;
        ulong toRespondent = ended.RespondentBond;
        ulong fees = 0;
        ulong lost = CaseJury.Judge(context, ended, out List<CaseJuror> coherent);
        if (hasJury && isJudged)
        {
            ulong loser = respondentLost ? ended.RespondentBond : ended.ClaimantBond;
            ulong winner = respondentLost ? ended.ClaimantBond : ended.RespondentBond;
            ulong wanted = (ulong)ended.Jurors.Count * ended.JurorFee;
            ulong fromLoser = Math.Min(wanted, loser);
            ulong missing = wanted - fromLoser;
            ulong fromWinner = Math.Min(missing > lost ? missing - lost : 0, winner);
            fees = fromLoser + fromWinner;
            ulong rest = winner - fromWinner + (loser - fromLoser);
            (toClaimant, toRespondent) = respondentLost ? (rest, 0UL) : (0UL, rest);
        }
        ulong award = CaseSubject.Enforce(context, ended, ended.RulingBps, at);
        CaseJury.Pay(context, ended, coherent, fees + lost);
        Payments.Pay(context, ended.Claimant, toClaimant);
        Payments.Pay(context, ended.Respondent, toRespondent);
        if (outcome != CaseOutcome.Settled) CountLoss(context, ended, respondentLost, isJudged, at);
        return Close(context, ended, outcome, at, award, fees, toClaimant, toRespondent);
    }

    /// <summary>An earlier ruling stands. Without one nobody is ruled against: bonds go back and the contested things are free.</summary>
    public static Case WithoutJury(ExecutionContext context, Case ended, MarketTime at)
    {
        if (ended.HasRuling) return End(context, ended, CaseOutcome.Ruled, at);
        return End(context, ended with { RulingBps = 0 }, CaseOutcome.NoRuling, at);
    }

    /// <summary>The record goes, and its deposit back to the claimant.</summary>
    public static Case? Prune(ExecutionContext context, Case ended)
    {
        Payments.Pay(context, ended.Claimant, ended.StorageDeposit);
        context.Emit(new Event("CasePruned",
            [new("case", ended.Id), new("from", "final"), new("to", "gone"), new("storage_deposit", ended.StorageDeposit)]));
        return null;
    }

    private static void CountLoss(ExecutionContext context, Case ended, bool respondentLost, bool isJudged, MarketTime at)
    {
        if (ended.Target != CaseTarget.Lease) return;
        Address loser = respondentLost ? ended.Respondent : ended.Claimant;
        if (!respondentLost && !isJudged) return;
        ReputationPart part = LeaseCase.PartOf(context, ended, loser);
        ReputationBook.Count(context, loser, part, isGood: false, ReputationMath.Million, at);
    }

    private static Case Close(
        ExecutionContext context, Case ended, CaseOutcome outcome, MarketTime at, ulong award, ulong fees, ulong toClaimant,
        ulong toRespondent)
    {
        Case closed = ended with
        {
            State = CaseState.Final,
            Outcome = outcome,
            ClaimantBond = 0,
            RespondentBond = 0,
            DrawRound = 0,
            StateUntil = at + context.Block.Parameters.PruneSeconds,
        };
        context.Emit(new Event("CaseClosed",
        [
            new("case", ended.Id),
            new("from", CaseNames.Of(ended.State)),
            new("to", CaseNames.Of(closed.State)),
            new("outcome", CaseNames.Of(outcome)),
            new("ruling_bps", ended.RulingBps),
            new("award", award),
            new("juror_fees", fees),
            new("to_claimant", toClaimant),
            new("to_respondent", toRespondent),
        ]));
        return closed;
    }
}
