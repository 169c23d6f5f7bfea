using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>Kind 30, version 2. A wish holds for as long as a breaker may last at most; a guardian has one at a time.</summary>
public static class AskBreakerRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AskBreaker request = (AskBreaker)message;
        List<Address> guardians = Accreditations.Holders(context.State, Accreditations.ScopeGuardian, context.Now);
        if (!guardians.Contains(context.Sender)) return ResultCode.NotGuardian;
        ulong secondsMax = context.Block.Parameters.BreakerSecondsMax;
        if (request.Seconds == 0) return ResultCode.BelowMinimum;
        if (request.Seconds > secondsMax) return ResultCode.OverMaximum;
        ResultCode code = CheckKinds(context, request.Kinds);
        if (code != ResultCode.Ok) return code;

        int agreed = 1;
        List<BreakerAsk> asks = [new BreakerAsk(context.Sender, request.Kinds, request.Seconds, context.Now)];
        foreach (BreakerAsk ask in BreakerAsks.Load(context.State))
        {
            bool isHeld = guardians.Contains(ask.Guardian) && context.Now < ask.AskedAt + secondsMax;
            if (!isHeld) continue;
            bool isSame = ask.Kinds == request.Kinds && ask.Seconds == request.Seconds;
            if (ask.Guardian == context.Sender && isSame) return ResultCode.AlreadyDone;
            if (ask.Guardian == context.Sender) continue;
            asks.Add(ask);
            if (isSame) agreed++;
        }
        context.Emit(new Event("BreakerAsked",
        [
            new("guardian", context.Sender),
            new("kinds", request.Kinds.Bits),
            new("seconds", request.Seconds),
            new("agreed", (ulong)agreed),
            new("guardians", (ulong)guardians.Count),
        ]));
        bool isDecided = agreed * 2 > guardians.Count;
        if (isDecided)
        {
            asks.RemoveAll(ask => ask.Kinds == request.Kinds && ask.Seconds == request.Seconds);
            BreakerClock.Open(context, request.Kinds, request.Seconds);
        }
        BreakerAsks.Store(context.State, asks);
        return ResultCode.Ok;
    }

    /// <summary>None is an exit, none is stopped already, and none was a short time ago.</summary>
    private static ResultCode CheckKinds(ExecutionContext context, KindMask kinds)
    {
        KindGates gates = KindGates.Load(context.State);
        foreach (MessageKind kind in kinds.Kinds())
        {
            if (!KindGates.IsSwitchable(kind)) return ResultCode.ParameterBounds;
            if (gates.BreakerOf(kind) is not { } breaker) continue;
            if (context.Now < breaker.Until) return ResultCode.AlreadyDone;
            if (context.Now < breaker.RestUntil) return ResultCode.TooEarly;
        }
        return ResultCode.Ok;
    }
}
