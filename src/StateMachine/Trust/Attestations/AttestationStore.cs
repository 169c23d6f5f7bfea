using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Store;

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
        Attestation? stored = Read(context.State, uid);
        Attestation? attestation = stored;
        while (attestation is not null && attestation.Due <= context.Now)
        {
            attestation = attestation.State == AttestationState.Pending
                ? Confirm(context, attestation)
                : Expire(context, attestation);
        }
        if (stored is null || ReferenceEquals(stored, attestation)) return attestation;
        if (attestation is null) Delete(context.State, stored);
        else Store(context.State, stored, attestation);
        return attestation;
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Bond;

    /// <summary>Drops the record and its entry in the timed queue; the index and the bond are the caller's.</summary>
    internal static void Delete(StateOverlay state, Attestation attestation)
    {
        state.Delete(StoreId.Market, Schema.Key(MarketSchema.Attestation, attestation.Uid));
        TimedQueue.Cancel(state, attestation.Due, TimedKind.Attestation, attestation.Uid.Span);
    }

    /// <summary>A case found it wrong: it counts no longer, and its issuer gets what is left of the bond.</summary>
    internal static void Void(ExecutionContext context, Attestation attestation, ulong caseId)
    {
        AttestationClaim claim = attestation.Claim;
        Hash256 uid = attestation.Uid;
        AttestationIndex.Load(context.State, claim.Subject, claim.Schema).Without(uid)
            .Store(context.State, claim.Subject, claim.Schema);
        Delete(context.State, attestation);
        Payments.Pay(context, attestation.Issuer, attestation.Bond);
        context.Emit(new Event("AttestationVoided",
        [
            new("attestation", uid),
            new("from", AttestationNames.Of(attestation.State)),
            new("to", "voided"),
            new("case", caseId),
            new("subject", claim.Subject),
            new("schema", AttestationNames.Of(claim.Schema)),
            new("bond", attestation.Bond),
        ]));
    }

    private static Attestation Confirm(ExecutionContext context, Attestation attestation)
    {
        context.Emit(new Event("AttestationValid",
        [
            new("attestation", attestation.Uid),
            new("from", AttestationNames.Of(AttestationState.Pending)),
            new("to", AttestationNames.Of(AttestationState.Valid)),
            new("subject", attestation.Claim.Subject),
            new("schema", AttestationNames.Of(attestation.Claim.Schema)),
        ]));
        return attestation with { State = AttestationState.Valid };
    }

    private static Attestation? Expire(ExecutionContext context, Attestation attestation)
    {
        AttestationClaim claim = attestation.Claim;
        AttestationIndex index = AttestationIndex.Load(context.State, claim.Subject, claim.Schema);
        index.Without(context.Now).Store(context.State, claim.Subject, claim.Schema);
        Payments.Pay(context, attestation.Issuer, attestation.Bond);
        context.Emit(new Event("AttestationExpired",
        [
            new("attestation", attestation.Uid),
            new("from", AttestationNames.Of(attestation.State)),
            new("to", "expired"),
            new("subject", claim.Subject),
            new("schema", AttestationNames.Of(claim.Schema)),
            new("bond", attestation.Bond),
        ]));
        return null;
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
