using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>Kind 27. Votes are hidden until all have committed or the time is over, so that copying a vote is guessing it.</summary>
public static class VoteDisputeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        VoteDispute request = (VoteDispute)message;
        Case? found = CaseClock.Load(context, request.CaseId);
        if (found is null) return ResultCode.NotFound;
        if (found.State is CaseState.Answer or CaseState.Drawing) return ResultCode.TooEarly;
        if (found.State is CaseState.Ruled or CaseState.Final || request.Round != found.Round) return ResultCode.TooLate;
        int place = found.FindJuror(context.Sender);
        if (place < 0) return ResultCode.NotDrawn;
        return request.Action == VoteAction.Commit ? Commit(context, found, place, request) : Reveal(context, found, place, request);
    }

    private static ResultCode Commit(ExecutionContext context, Case found, int place, VoteDispute request)
    {
        if (found.State != CaseState.Commit) return ResultCode.TooLate;
        CaseJuror juror = found.Jurors[place];
        if (!juror.Commit.IsZero) return ResultCode.AlreadyDone;
        if (request.Hash.IsZero) return ResultCode.BadCommit;
        context.Emit(new Event("VoteCommitted", [new("case", found.Id), new("juror", juror.Address), new("commit", request.Hash)]));
        Case after = CaseClock.Hasten(context, found.WithJuror(place, juror with { Commit = request.Hash }));
        CaseStore.Store(context.State, found, after);
        return ResultCode.Ok;
    }

    private static ResultCode Reveal(ExecutionContext context, Case found, int place, VoteDispute request)
    {
        if (found.State == CaseState.Commit) return ResultCode.TooEarly;
        CaseJuror juror = found.Jurors[place];
        if (juror.HasVoted) return ResultCode.AlreadyDone;
        if (request.AwardBps > LeaseMath.BasisPoints) return ResultCode.OverMaximum;
        bool isIt = juror.Commit == CaseMath.Commit(
            context.Block.ChainId, found.Id, found.Round, juror.Address, request.AwardBps, request.Hash);
        if (!isIt) return ResultCode.BadCommit;
        context.Emit(new Event("VoteRevealed",
            [new("case", found.Id), new("juror", juror.Address), new("round", juror.Round), new("award_bps", request.AwardBps)]));
        Case voted = found.WithJuror(place, juror with { HasVoted = true, AwardBps = request.AwardBps });
        CaseStore.Store(context.State, found, CaseClock.Hasten(context, voted));
        return ResultCode.Ok;
    }
}
