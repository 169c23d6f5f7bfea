using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>
/// Kind 25: freezes what is contested, up to the claim, and gives the respondent its time to answer. Nobody brings the same matter
/// up twice, however the first case ended.
/// </summary>
public static class OpenDisputeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        OpenDispute request = (OpenDispute)message;
        Parameters parameters = context.Block.Parameters;
        ResultCode right = CaseSubject.Check(context, request.Target, request.Reference, out Address respondent, out ulong claimMin, out ulong claimMax);
        if (right != ResultCode.Ok) return right;
        Hash256 matter = JudgedKeys.OfCase(request.Target, request.Reference, context.Sender);
        if (JudgedKeys.IsTaken(context.State, matter)) return ResultCode.DoubleJeopardy;
        if (request.Claim < claimMin) return ResultCode.BelowMinimum;
        if (request.Claim > claimMax) return ResultCode.OverMaximum;
        if (request.EvidenceHash.IsZero) return ResultCode.BadProof;
        if (request.Bond < CaseMath.Bond(request.Claim, parameters)) return ResultCode.Bond;
        UInt128 total = (UInt128)request.Bond + parameters.StorageDeposit;
        if (total > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)total);
        if (debited != ResultCode.Ok) return debited;

        JudgedKeys.Take(context.State, matter);
        Case opened = new(
            Counters.Next(context.State, CounterKind.Case), request.Target, request.Reference, context.Sender, respondent,
            request.Claim, request.EvidenceHash, default, CaseState.Answer, CaseOutcome.None, context.Now,
            context.Now + parameters.DisputeAnswerSeconds, request.Bond, RespondentBond: 0, parameters.StorageDeposit,
            parameters.JurorFee, default, OfferBps: 0, Round: 0, DrawRound: 0, HasRuling: false, RulingBps: 0, []);
        CaseStore.Store(context.State, null, opened);
        CaseSubject.Freeze(context, opened);
        context.Emit(new Event("CaseOpened",
        [
            new("case", opened.Id),
            new("from", "none"),
            new("to", CaseNames.Of(opened.State)),
            new("target", CaseNames.Of(opened.Target)),
            new("reference", opened.Reference),
            new("claimant", opened.Claimant),
            new("respondent", opened.Respondent),
            new("claim", opened.Claim),
            new("bond", opened.ClaimantBond),
            new("storage_deposit", opened.StorageDeposit),
            new("answer_until", opened.StateUntil.Seconds),
        ]));
        return ResultCode.Ok;
    }
}
