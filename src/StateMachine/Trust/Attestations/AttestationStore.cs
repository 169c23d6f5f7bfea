using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Audits;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Attestations, the nonces that their issuers used, and what time does to them.</summary>
public static class AttestationStore
{
    /// <summary>A nonce that is used; only the key says anything.</summary>
    private static readonly byte[] Used = [0x91, 0x01];

    /// <summary>The attestation as it was last written, or null.</summary>
    public static Attestation? Read(IStateReader state, in Hash256 uid)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.Attestation, uid));
        return bytes is null ? null : Decode(bytes);
    }

    public static bool IsNonceUsed(IStateReader state, in Address issuer, in Hash256 nonce) =>
        state.Get(StoreId.Market, NonceKey(issuer, nonce)) is not null;

    /// <summary>Writes a new attestation, its nonce (for ever) and its entry in the timed queue.</summary>
    public static void Add(StateOverlay state, Attestation attestation)
    {
        state.Put(StoreId.Market, NonceKey(attestation.Issuer, attestation.Claim.Nonce), Used);
        Store(state, null, attestation);
    }

    /// <summary>The attestation at the block's time, or null when there is none (any more).</summary>
    public static Attestation? Load(ExecutionContext context, in Hash256 uid)
    {
        Attestation? attestation = Read(context.State, uid);
        if (attestation is null) return null;
        Bring(context, attestation.Claim.Subject, attestation.Claim.Schema, context.Now);
        attestation = Read(context.State, uid);
        // One that a case held past its expiry stands in no index any more.
        if (attestation is { CaseId: not 0 })
        {
            CaseClock.Bring(context, attestation.CaseId, context.Now);
            attestation = Read(context.State, uid);
        }
        while (attestation is not null && attestation.Due <= context.Now)
        {
            Step(context, attestation);
            attestation = Read(context.State, uid);
        }
        return attestation;
    }

    /// <summary>
    /// Brings all attestations of a subject and schema to a time that is not after the block's, and the cases about them, in the order of
    /// their dues: which of them contradict each other depends on it. Answers the index afterwards.
    /// </summary>
    public static AttestationIndex Bring(ExecutionContext context, in Address subject, AttestationSchema schema, MarketTime at) =>
        Bring(context, subject, schema, at, ulong.MaxValue);

    /// <summary>The same for a case that ends at this time: what comes before it in the timed queue.</summary>
    internal static void BringForCase(ExecutionContext context, Case ended, MarketTime at)
    {
        AttestationClaim claim = Read(context.State, ended.Reference)!.Claim;
        Bring(context, claim.Subject, claim.Schema, at, ended.Id);
    }

    private static AttestationIndex Bring(
        ExecutionContext context, in Address subject, AttestationSchema schema, MarketTime at, ulong caseId)
    {
        while (true)
        {
            AttestationIndex index = AttestationIndex.Load(context.State, subject, schema);
            Attestation? next = null;
            (MarketTime Due, ulong Id) over = (at, caseId);
            foreach (IndexedAttestation entry in index.Entries)
            {
                Attestation attestation = Drawn(context, Read(context.State, entry.Uid)!);
                bool isFirst = next is null || attestation.Due < next.Due || (attestation.Due == next.Due && attestation.Uid < next.Uid);
                if (attestation.Due <= at && isFirst) next = attestation;
                if (attestation.CaseId == 0 || attestation.CaseId == caseId) continue;
                MarketTime due = CaseClock.DueOf(context, CaseStore.Read(context.State, attestation.CaseId)!);
                if (due < over.Due || (due == over.Due && attestation.CaseId < over.Id)) over = (due, attestation.CaseId);
            }
            // The timed queue runs attestations before cases, and cases by their numbers.
            if (next is not null && next.Due <= over.Due) Step(context, next);
            else if (over.Id != caseId) CaseClock.Bring(context, over.Id, over.Due);
            else return index;
        }
    }

    /// <summary>The attestation, once the beacon's word about another audit of it was heeded.</summary>
    private static Attestation Drawn(ExecutionContext context, Attestation attestation)
    {
        if (attestation.DrawRound == 0 || Draws.Find(context.State, attestation.DrawRound) is not { } value) return attestation;
        Attestation after = attestation with { DrawRound = 0 };
        Store(context.State, attestation, after);
        AuditClock.Draw(context, after, value);
        return after;
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Held;

    /// <summary>Drops the record and its entry in the timed queue; the index and the bond are the caller's.</summary>
    private static void Delete(StateOverlay state, Attestation attestation)
    {
        state.Delete(StoreId.Market, Schema.Key(MarketSchema.Attestation, attestation.Uid));
        TimedQueue.Cancel(state, attestation.Due, TimedKind.Attestation, attestation.Uid.Span);
    }

    /// <summary>A case found it wrong: it counts no longer, its issuer gets what is left of the bond, and nobody what is left of the fee.</summary>
    internal static void Void(ExecutionContext context, Attestation attestation, ulong caseId)
    {
        VoidForCase(context, attestation, caseId);
        Payments.Pay(context, attestation.Issuer, attestation.Bond);
        SlashSplit.ToPools(context, attestation.Fee);
    }

    /// <summary>It counts no longer; what becomes of its bond and fee is the caller's.</summary>
    internal static void VoidForCase(ExecutionContext context, Attestation attestation, ulong caseId)
    {
        AttestationClaim claim = attestation.Claim;
        Remove(context.State, attestation);
        context.Emit(new Event("AttestationVoided",
        [
            new("attestation", attestation.Uid),
            new("from", AttestationNames.Of(attestation.State)),
            new("to", "voided"),
            new("case", caseId),
            new("subject", claim.Subject),
            new("schema", AttestationNames.Of(claim.Schema)),
            new("bond", attestation.Bond),
            new("fee", attestation.Fee),
        ]));
    }

    /// <summary>The record, its place in the index and its entry in the timed queue go.</summary>
    internal static void Remove(StateOverlay state, Attestation attestation)
    {
        AttestationClaim claim = attestation.Claim;
        AttestationIndex.Load(state, claim.Subject, claim.Schema).Without(attestation.Uid).Store(state, claim.Subject, claim.Schema);
        Delete(state, attestation);
    }

    private static void Step(ExecutionContext context, Attestation due)
    {
        if (due.State == AttestationState.Pending) Confirm(context, due);
        else Expire(context, due);
    }

    private static void Confirm(ExecutionContext context, Attestation attestation)
    {
        Attestation valid = attestation with { State = AttestationState.Valid };
        Store(context.State, attestation, valid);
        context.Emit(new Event("AttestationValid",
        [
            new("attestation", attestation.Uid),
            new("from", AttestationNames.Of(AttestationState.Pending)),
            new("to", AttestationNames.Of(AttestationState.Valid)),
            new("subject", attestation.Claim.Subject),
            new("schema", AttestationNames.Of(attestation.Claim.Schema)),
            new("tier", attestation.Claim.Tier),
        ]));
        CrossValidation.Check(context, valid, attestation.ValidFrom);
    }

    private static void Expire(ExecutionContext context, Attestation attestation)
    {
        AttestationClaim claim = attestation.Claim;
        Remove(context.State, attestation);
        Payments.Pay(context, attestation.Issuer, attestation.Held);
        context.Emit(new Event("AttestationExpired",
        [
            new("attestation", attestation.Uid),
            new("from", AttestationNames.Of(attestation.State)),
            new("to", "expired"),
            new("subject", claim.Subject),
            new("schema", AttestationNames.Of(claim.Schema)),
            new("bond", attestation.Bond),
            new("fee", attestation.Fee),
        ]));
    }

    internal static void Store(StateOverlay state, Attestation? before, Attestation after)
    {
        state.Put(StoreId.Market, Schema.Key(MarketSchema.Attestation, after.Uid), after.Encode());
        if (before is not null) TimedQueue.Cancel(state, before.Due, TimedKind.Attestation, before.Uid.Span);
        TimedQueue.Schedule(state, after.Due, TimedKind.Attestation, after.Uid.Span);
    }

    private static byte[] NonceKey(in Address issuer, in Hash256 nonce) =>
        [.. Schema.Key(MarketSchema.AttestationNonce, issuer), .. nonce.Span];

    private static Attestation Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = Attestation.TryDecode(bytes, out Attestation attestation, out _);
        Invariant.Holds(isCanonical, "a stored attestation is canonical");
        return attestation;
    }
}
