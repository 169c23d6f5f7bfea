using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// Kind 28, version 3. The same punishment under the same slash key as for evidence in a block, so whichever comes first is the only
/// one. The state knows no times of old blocks, so votes are too old by their number of blocks alone.
/// </summary>
public static class ReportDoubleVoteRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ReportDoubleVote report = (ReportDoubleVote)message;
        Address offender = report.Key.Address;
        Height height = report.VoteA.Height;
        ResultCode announced = CommitReportRules.Check(context, report.Matter, report.Salt, out ReportNotice? notice);
        if (announced != ResultCode.Ok) return announced;
        if (!IsDoubleVote(report, context.Block.ChainId)) return ResultCode.BadProof;
        long age = context.Block.Height.Value - height.Value;
        if (age < 0) return ResultCode.TooEarly;
        if ((ulong)age > context.Block.Parameters.EvidenceBlocksMax) return ResultCode.TooLate;
        if (SlashKeys.IsTaken(context.State, offender, height)) return ResultCode.DoubleJeopardy;
        if (Equivocations.Answerable(context.State, context.Block, offender) is not { } known) return ResultCode.NotFound;
        if (known.Address == context.Sender) return ResultCode.SelfDeal;

        Provider provider = CapacityClock.LoadProvider(context, known.Address)!;
        notice!.End(context, "reported");
        SlashKeys.Take(context.State, offender, height);
        SlashSplit split = Equivocations.Punish(
            context.State, context.Block, provider, offender, height, context.Events, context.Sender);
        Payments.Pay(context, context.Sender, split.Reporter);
        return ResultCode.Ok;
    }

    private static bool IsDoubleVote(ReportDoubleVote report, string chainId)
    {
        Vote first = report.VoteA;
        Vote second = report.VoteB;
        // One order alone, as in a block's evidence, so that the same two are one report.
        bool isOfOneVote = first.Type == second.Type && first.Height == second.Height && first.Round == second.Round
            && first.ValidatorAddress == report.Key.Address && second.ValidatorAddress == report.Key.Address
            && first.BlockId < second.BlockId;
        return isOfOneVote && Ed25519.Verify(report.Key, first.SignBytes(chainId), first.Signature)
            && Ed25519.Verify(report.Key, second.SignBytes(chainId), second.Signature);
    }
}
