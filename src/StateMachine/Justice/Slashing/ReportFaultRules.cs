using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// Kind 28, version 2: a share of the offender's stake goes, also of what is unbonding; collateral of leases is promised to tenants
/// and stays. A provider is jailed until it has topped up, and its seat ends.
/// </summary>
public static class ReportFaultRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ReportFault report = (ReportFault)message;
        Address offender = report.Key.Address;
        ResultCode announced = CommitReportRules.Check(context, report.Matter, report.Salt, out ReportNotice? notice);
        if (announced != ResultCode.Ok) return announced;
        if (!IsContradiction(report, context.Block.ChainId)) return ResultCode.BadProof;
        if (JudgedKeys.IsTaken(context.State, report.Matter)) return ResultCode.DoubleJeopardy;
        if (offender == context.Sender) return ResultCode.SelfDeal;
        Provider? provider = report.Role == Role.Provider ? CapacityClock.LoadProvider(context, offender) : null;
        RoleHolder? holder = report.Role == Role.Provider ? null : RoleHolders.Load(context.State, report.Role, offender);
        StakeBalance? stake = provider?.Stake ?? holder?.Stake;
        if (stake is null) return ResultCode.NotFound;

        notice!.End(context, "reported");
        JudgedKeys.Take(context.State, report.Matter);
        ulong held = (ulong)stake.Held;
        UInt128 share = (UInt128)held * context.Block.Parameters.FaultSlashBps / LeaseMath.BasisPoints;
        ulong amount = SlashCap.Take(context, report.Role, offender, stake, share, context.Now);
        StakeBalance left = stake.WithSlashed(amount);
        if (provider is not null) Providers.Store(context.State, Jails.Enter(context, provider with { Stake = left }, "contradiction"));
        else RoleHolders.Store(context.State, holder! with { Stake = left });
        SlashSplit split = SlashSplit.Of(amount, context.Block.Parameters);
        split.HandOut(context, context.Sender);
        context.Emit(new Event("Slashed",
        [
            new("cause", "contradiction"),
            new("offender", offender),
            new("role", RoleNames.Of(report.Role)),
            new("matter", report.Matter),
            new("stake_from", held),
            new("stake_to", held - amount),
            new("reporter", context.Sender),
            new("reward", split.Reporter),
            new("reliability", split.Reliability),
            new("burned", split.Burned),
        ]));
        return ResultCode.Ok;
    }

    private static bool IsContradiction(ReportFault report, string chainId)
    {
        SignedStatement first = report.First;
        SignedStatement second = report.Second;
        // One order alone, so that the same two are one report.
        bool isOfOneMatter = first.Kind == second.Kind && first.Reference == second.Reference && first.Epoch == second.Epoch
            && first.DataHash < second.DataHash;
        return isOfOneMatter && first.IsSignedBy(report.Key, chainId) && second.IsSignedBy(report.Key, chainId);
    }
}
