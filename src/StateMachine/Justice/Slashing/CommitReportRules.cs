using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>Kind 28, version 1. The announcement goes with the report; its fee is what an idle one costs.</summary>
public static class CommitReportRules
{
    private const int CodecVersion = 1;

    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Hash256 commit = ((CommitReport)message).Commit;
        if (commit.IsZero) return ResultCode.BadCommit;
        if (Find(context.State, context.Sender, commit) is not null) return ResultCode.Exists;
        context.State.Put(
            StoreId.Market, Key(context.Sender, commit),
            new MessagePackWriter().Array(2).UInt(CodecVersion).UInt(context.Now.Seconds).ToArray());
        context.Emit(new Event("ReportCommitted", [new("reporter", context.Sender), new("commit", commit)]));
        return ResultCode.Ok;
    }

    /// <summary>When the reporter announced this; null when it did not.</summary>
    internal static MarketTime? Find(IStateReader state, in Address reporter, in Hash256 commit)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(reporter, commit));
        if (bytes is null) return null;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        MarketTime at = new(reader.UInt());
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored report commitment is canonical");
        return at;
    }

    internal static void Forget(StateOverlay state, in Address reporter, in Hash256 commit) =>
        state.Delete(StoreId.Market, Key(reporter, commit));

    private static byte[] Key(in Address reporter, in Hash256 commit) =>
        [.. Schema.Key(JusticeSchema.Report, reporter), .. commit.Span];
}
