using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Audits;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Kind 21. Accreditations for a schema come from the genesis, and later by a vote of the validators.</summary>
public static class AttestRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Attest request = (Attest)message;
        AttestationClaim claim = request.Claim;
        MarketTime validFrom = context.Now + context.Block.Parameters.AttestationChallengeSeconds;
        if (claim.NotBefore > validFrom) validFrom = claim.NotBefore;
        ResultCode code = Check(context, request, validFrom);
        if (code != ResultCode.Ok) return code;
        AttestationIndex index = AttestationStore.Bring(context, claim.Subject, claim.Schema, context.Now).Without(context.Now);
        if (index.Entries.Count == MarketLimits.AttestationsPerSubjectMax) return ResultCode.OverMaximum;
        ChallengeId answered = new(context.Sender, claim.Subject, claim.Schema);
        Audit? audit = AuditClock.Load(context, answered);
        ulong fee = audit?.Fee ?? 0;
        // Somebody may be drawn to look again at a tier, unless this is a second look already.
        bool mayBeDrawn = claim.Tier > 0 && audit is not { IsDrawn: true };
        ulong premium = mayBeDrawn ? AuditClock.Premium(fee, context.Block.Parameters) : 0;
        UInt128 due = (UInt128)request.Bond + premium;
        if (due > ulong.MaxValue) return ResultCode.Overflow;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, (ulong)due);
        if (debited != ResultCode.Ok) return debited;

        Hash256 uid = Attestation.UidOf(context.Block.ChainId, context.Sender, claim);
        bool isDrawn = mayBeDrawn && context.Block.Parameters.ReauditBps > 0;
        Attestation attestation = new(
            uid, context.Sender, claim, AttestationState.Pending, context.Now, validFrom, request.Bond)
        {
            Fee = fee,
            DrawRound = isDrawn ? Draws.Request(context, TimedKind.Attestation, uid.Span) : 0,
        };
        Pools.AddToReliability(context.State, premium);
        audit?.Delete(context.State);
        if (audit is not null) AuditClock.Emit(context, "AuditAnswered", audit, "asked", "answered");
        AttestationStore.Add(context.State, attestation);
        AttestationChallenge.Read(context.State, answered)?.Delete(context.State, answered);
        IndexedAttestation entry = new(uid, validFrom, claim.Expires) { Issuer = context.Sender, Tier = claim.Tier };
        new AttestationIndex([.. index.Entries, entry]).Store(context.State, claim.Subject, claim.Schema);
        context.Emit(new Event("Attested",
        [
            new("attestation", uid),
            new("from", "none"),
            new("to", AttestationNames.Of(attestation.State)),
            new("issuer", context.Sender),
            new("subject", claim.Subject),
            new("schema", AttestationNames.Of(claim.Schema)),
            new("tier", claim.Tier),
            new("valid_from", validFrom.Seconds),
            new("expires", claim.Expires.Seconds),
            new("bond", request.Bond),
            new("fee", fee),
            new("premium", premium),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Check(ExecutionContext context, Attest request, MarketTime validFrom)
    {
        AttestationClaim claim = request.Claim;
        Parameters parameters = context.Block.Parameters;
        if (!AttestationNames.IsKnown(claim.Schema)) return ResultCode.BadSchema;
        byte scope = Accreditations.SchemaScope((byte)claim.Schema);
        if (!Accreditations.Holds(context.State, context.Sender, scope, context.Now)) return ResultCode.NotAccredited;
        if (claim.Subject == context.Sender) return ResultCode.SelfDeal;
        if (claim.Expires <= context.Now) return ResultCode.TooLate;
        if (claim.Expires > context.Now + parameters.AttestationSecondsMax) return ResultCode.OverMaximum;
        // It would end before it counted.
        if (claim.Expires <= validFrom || request.Bond < parameters.AttestationBondMin) return ResultCode.BelowMinimum;
        if (claim.Tier > 0 && !Tiers.MayState(claim.Schema)) return ResultCode.BadSchema;
        bool isReplay = AttestationStore.IsNonceUsed(context.State, context.Sender, claim.Nonce);
        return isReplay ? ResultCode.Replay : CheckNonce(context, claim);
    }

    /// <summary>Where the schema asks for it, what is attested was measured with a nonce that nobody could know long before.</summary>
    private static ResultCode CheckNonce(ExecutionContext context, AttestationClaim claim)
    {
        if (!context.Block.Parameters.NeedsChallenge(claim.Schema)) return ResultCode.Ok;
        AttestationChallenge? open = ChallengeClock.Load(context, new ChallengeId(context.Sender, claim.Subject, claim.Schema));
        bool isAnswer = open is not null && !open.Nonce.IsZero && open.Nonce == claim.Nonce;
        return isAnswer ? ResultCode.Ok : ResultCode.StaleNonce;
    }
}
