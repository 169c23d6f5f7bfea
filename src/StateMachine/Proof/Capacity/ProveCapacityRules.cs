using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>Kind 19, version 4. A unit is proven by one message, whole: its nonces cannot be counted twice.</summary>
public static class ProveCapacityRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        ProveCapacity request = (ProveCapacity)message;
        CapacityProofs? proofs = CapacityClock.Load(context, context.Sender);
        if (request.IsEntry) return Enter(context, proofs);
        if (proofs is null) return ResultCode.NotFound;
        if (proofs.State != CapacityState.Open) return ResultCode.TooEarly;
        if (proofs.Find(request.Resource) is not { } before) return ResultCode.NotFound;
        if (request.First + (ulong)request.Units.Count > before.Challenged) return ResultCode.OverMaximum;
        ClassProof after = before;
        for (int i = 0; i < request.Units.Count; i++)
        {
            ulong unit = request.First + (ulong)i;
            ResultCode code = Check(context, proofs, after, unit, request.Units[i]);
            if (code != ResultCode.Ok) return code;
            after = after.WithMark(unit);
        }
        proofs.With(after).Store(context.State, proofs);
        context.Emit(new Event("CapacityProven",
        [
            new("provider", context.Sender),
            new("class", ResourceNames.Of(request.Resource)),
            new("first", request.First),
            new("units", (ulong)request.Units.Count),
            new("proven", after.MarkedCount),
            new("challenged", after.Challenged),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Check(ExecutionContext context, CapacityProofs proofs, ClassProof known, ulong unit, UnitProof shown)
    {
        Parameters parameters = context.Block.Parameters;
        if (known.IsMarked(unit)) return ResultCode.AlreadyDone;
        if ((ulong)shown.Nonces.Count < parameters.CapacityNoncesMin) return ResultCode.BelowMinimum;
        if ((ulong)shown.Nonces.Count > parameters.CapacityNoncesMax) return ResultCode.OverMaximum;
        foreach (ulong nonce in shown.Nonces)
        {
            bool isProof = CapacityMath.IsProof(
                proofs.Seed, proofs.Provider, known.Class, unit, nonce, parameters.CapacityDifficulty);
            if (!isProof) return ResultCode.BadProof;
        }
        return ResultCode.Ok;
    }

    /// <summary>Nobody is challenged who has not asked for it, and who has not may promise a newcomer's units for good.</summary>
    private static ResultCode Enter(ExecutionContext context, CapacityProofs? before)
    {
        Provider? provider = Providers.Load(context.State, context.Sender);
        if (provider is null) return ResultCode.NotFound;
        if (before is not null) return ResultCode.AlreadyDone;
        bool isAsked = provider.MayBid && CapacityClock.AsksAnything(context.Block.Parameters);
        if (!isAsked) return ResultCode.BadState;
        MarketTime due = LeaseMath.NextEpoch(context.Now, context.Block.Parameters.CapacityPeriodSeconds);
        CapacityProofs entered = new(context.Sender, CapacityState.Idle, due, DrawRound: 0, Seed: default, []);
        entered.Store(context.State, null);
        context.Emit(new Event("CapacityEntered",
        [
            new("provider", context.Sender),
            new("from", "none"),
            new("to", CapacityClock.NameOf(entered.State)),
            new("until", due.Seconds),
        ]));
        return ResultCode.Ok;
    }
}
