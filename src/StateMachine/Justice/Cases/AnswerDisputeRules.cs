using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>
/// Kind 26. An appeal is paid for by whoever asks for it, and nobody else has to add anything: a victim without money cannot lose
/// a ruling by default.
/// </summary>
public static class AnswerDisputeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AnswerDispute request = (AnswerDispute)message;
        Case? found = CaseClock.Load(context, request.CaseId);
        if (found is null) return ResultCode.NotFound;
        bool isRespondent = found.Respondent == context.Sender;
        if (!isRespondent && found.Claimant != context.Sender) return ResultCode.NoCaseRight;
        return request.Action switch
        {
            AnswerAction.Concede or AnswerAction.Contest when !isRespondent => ResultCode.NoCaseRight,
            AnswerAction.Concede or AnswerAction.Contest when found.State != CaseState.Answer => ResultCode.TooLate,
            AnswerAction.Concede => Finish(context, found, LeaseMath.BasisPoints, CaseOutcome.Conceded),
            AnswerAction.Contest => Contest(context, found, request),
            AnswerAction.Settle => Settle(context, found, request.Amount),
            _ => Appeal(context, found, isRespondent, request.Amount),
        };
    }

    private static ResultCode Contest(ExecutionContext context, Case found, AnswerDispute request)
    {
        if (request.Hash.IsZero) return ResultCode.BadProof;
        if (request.Amount < CaseMath.Bond(found.Claim, context.Block.Parameters)) return ResultCode.Bond;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, request.Amount);
        if (debited != ResultCode.Ok) return debited;
        Case contested = found with { AnswerHash = request.Hash, RespondentBond = request.Amount };
        context.Emit(new Event("CaseAnswered",
            [new("case", found.Id), new("answer", request.Hash), new("bond", request.Amount)]));
        CaseStore.Store(context.State, found, CaseClock.ToDrawing(context, contested, context.Now));
        return ResultCode.Ok;
    }

    private static ResultCode Settle(ExecutionContext context, Case found, ulong shareBps)
    {
        if (shareBps > LeaseMath.BasisPoints) return ResultCode.OverMaximum;
        // Who misled others does not make it up with whom it misled them with.
        if (found.Target == CaseTarget.Conflict) return ResultCode.NoCaseRight;
        if (found.State == CaseState.Final) return ResultCode.TooLate;
        if (found.Jurors.Count > 0) return ResultCode.BadState;
        bool isOffered = !found.OfferBy.IsZero && found.OfferBps == shareBps;
        if (isOffered && found.OfferBy == context.Sender) return ResultCode.AlreadyDone;
        if (isOffered) return Finish(context, found, shareBps, CaseOutcome.Settled);
        CaseStore.Store(context.State, found, found with { OfferBy = context.Sender, OfferBps = shareBps });
        context.Emit(new Event("SettlementOffered",
            [new("case", found.Id), new("by", context.Sender), new("share_bps", shareBps)]));
        return ResultCode.Ok;
    }

    private static ResultCode Appeal(ExecutionContext context, Case found, bool isRespondent, ulong deposit)
    {
        if (found.State == CaseState.Final) return ResultCode.TooLate;
        if (found.State != CaseState.Ruled) return ResultCode.TooEarly;
        Parameters parameters = context.Block.Parameters;
        byte round = (byte)(found.Round + 1);
        if (deposit < CaseMath.JurySize(round, parameters) * found.JurorFee) return ResultCode.Bond;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, deposit);
        if (debited != ResultCode.Ok) return debited;
        Case appealed = found with
        {
            Round = round,
            ClaimantBond = found.ClaimantBond + (isRespondent ? 0 : deposit),
            RespondentBond = found.RespondentBond + (isRespondent ? deposit : 0),
        };
        context.Emit(new Event("CaseAppealed",
            [new("case", found.Id), new("by", context.Sender), new("round", round), new("deposit", deposit)]));
        CaseStore.Store(context.State, found, CaseClock.ToDrawing(context, appealed, context.Now));
        return ResultCode.Ok;
    }

    private static ResultCode Finish(ExecutionContext context, Case found, ulong rulingBps, CaseOutcome outcome)
    {
        Case ended = CaseEnds.End(context, found with { RulingBps = rulingBps }, outcome, context.Now);
        CaseStore.Store(context.State, found, ended);
        return ResultCode.Ok;
    }
}
