using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>Kind 28, version 1. The announcement holds a deposit until the report comes, or until it is too old for one.</summary>
public static class CommitReportRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Hash256 commit = ((CommitReport)message).Commit;
        Parameters parameters = context.Block.Parameters;
        if (commit.IsZero) return ResultCode.BadCommit;
        if (ReportNotice.Load(context, context.Sender, commit) is not null) return ResultCode.Exists;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, parameters.StorageDeposit);
        if (debited != ResultCode.Ok) return debited;
        MarketTime due = context.Now + parameters.ReportMaturitySeconds + parameters.PruneSeconds;
        ReportNotice notice = new(context.Sender, commit, context.Now, due, parameters.StorageDeposit);
        notice.Store(context.State);
        notice.Emit(context, "ReportCommitted", "none", "committed");
        return ResultCode.Ok;
    }

    /// <summary>Whether the report that was announced so may come now.</summary>
    /// <param name="notice">The announcement, where it may.</param>
    internal static ResultCode Check(ExecutionContext context, in Hash256 matter, in Hash256 salt, out ReportNotice? notice)
    {
        Hash256 commit = CommitReport.Of(context.Block.ChainId, context.Sender, matter, salt);
        notice = ReportNotice.Load(context, context.Sender, commit);
        if (notice is null) return ResultCode.BadCommit;
        return context.Now < notice.At + context.Block.Parameters.ReportMaturitySeconds ? ResultCode.TooEarly : ResultCode.Ok;
    }
}
