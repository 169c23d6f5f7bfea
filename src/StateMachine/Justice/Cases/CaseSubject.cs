using System;
using System.Buffers.Binary;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>
/// What a case does to the thing it is about: see <see cref="LeaseCase"/> for leases. While a case runs, an attestation's bond stays
/// where it is.
/// </summary>
internal static class CaseSubject
{
    /// <summary>A number as a reference.</summary>
    public static Hash256 OfNumber(ulong id)
    {
        byte[] bytes = new byte[Hash256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(Hash256.Size - 8), id);
        return Hash256.From(bytes);
    }

    /// <summary>An address as a reference.</summary>
    public static Hash256 OfAddress(in Address address)
    {
        byte[] bytes = new byte[Hash256.Size];
        address.Span.CopyTo(bytes.AsSpan(Hash256.Size - Address.Size));
        return Hash256.From(bytes);
    }

    /// <summary>Whom two issuers contradict each other about; null in other cases. Nobody is a party, but one has an interest.</summary>
    public static Address? InterestedIn(Case found) => found.Target == CaseTarget.Conflict
        ? Address.From(found.Reference.Span[(Hash256.Size - Address.Size)..])
        : null;

    public static ulong NumberOf(in Hash256 reference) => BinaryPrimitives.ReadUInt64BigEndian(reference.Span[(Hash256.Size - 8)..]);

    /// <summary>Whether the sender may open a case about it now, against whom, and how much there is to claim.</summary>
    public static ResultCode Check(
        ExecutionContext context, CaseTarget target, in Hash256 reference, out Address respondent, out ulong claimMin,
        out ulong claimMax)
    {
        respondent = default;
        claimMin = 0;
        claimMax = 0;
        return target switch
        {
            CaseTarget.Lease => LeaseCase.Check(context, NumberOf(reference), out respondent, out claimMin, out claimMax),
            CaseTarget.Attestation => CheckAttestation(context, reference, out respondent, out claimMax),
            CaseTarget.Review => CheckReview(context, NumberOf(reference), out respondent),
            // The chain opens these by itself.
            _ => ResultCode.NoCaseRight,
        };
    }

    /// <summary>Holds what is contested until the case is over.</summary>
    public static void Freeze(ExecutionContext context, Case opened)
    {
        if (opened.Target == CaseTarget.Lease) LeaseCase.Freeze(context, opened);
        if (opened.Target == CaseTarget.Attestation)
        {
            Attestation attestation = AttestationStore.Read(context.State, opened.Reference)!;
            AttestationStore.Store(context.State, attestation, attestation with { CaseId = opened.Id });
        }
    }

    /// <summary>Carries out a ruling, as far as there is anything left, and lets go of the rest. Answers what the claimant got.</summary>
    public static ulong Enforce(ExecutionContext context, Case ended, ulong rulingBps, MarketTime at)
    {
        ulong award = CaseMath.Award(ended.Claim, rulingBps);
        return ended.Target switch
        {
            CaseTarget.Lease => LeaseCase.Enforce(context, ended, award, at),
            CaseTarget.Attestation => EnforceAttestation(context, ended, award, rulingBps >= CaseMath.LostFromBps, at),
            CaseTarget.Review => EnforceReview(context, ended, rulingBps >= CaseMath.LostFromBps),
            // Both attestations are void already, and their bonds are those of the case.
            _ => 0,
        };
    }

    private static ResultCode CheckAttestation(
        ExecutionContext context, in Hash256 uid, out Address respondent, out ulong claimMax)
    {
        respondent = default;
        claimMax = 0;
        Attestation? attestation = AttestationStore.Load(context, uid);
        if (attestation is null) return ResultCode.NotFound;
        if (attestation.Issuer == context.Sender) return ResultCode.SelfDeal;
        if (attestation.CaseId != 0) return ResultCode.AlreadyDone;
        respondent = attestation.Issuer;
        claimMax = attestation.Held;
        return ResultCode.Ok;
    }

    private static ResultCode CheckReview(ExecutionContext context, ulong leaseId, out Address respondent)
    {
        respondent = default;
        // Publishes what is due.
        LeaseClock.Load(context, leaseId);
        Review? review = ReviewBook.AboutOf(context.State, leaseId, context.Sender);
        if (review is null) return ResultCode.NoCaseRight;
        // A masked one was judged: its matter is taken, which the caller finds.
        if (review.State == ReviewState.Hidden) return ResultCode.BadState;
        bool isLate = context.Now >= review.PublishedAt + context.Block.Parameters.DisputeSeconds;
        respondent = review.Author;
        return isLate ? ResultCode.TooLate : ResultCode.Ok;
    }

    private static ulong EnforceAttestation(ExecutionContext context, Case ended, ulong award, bool isVoid, MarketTime at)
    {
        AttestationStore.BringForCase(context, ended, at);
        Attestation attestation = AttestationStore.Read(context.State, ended.Reference)!;
        ulong paid = Math.Min(award, attestation.Held);
        ulong fromFee = Math.Min(paid, attestation.Fee);
        Payments.Pay(context, ended.Claimant, paid);
        Attestation rest = attestation with { CaseId = 0, Fee = attestation.Fee - fromFee, Bond = attestation.Bond - (paid - fromFee) };
        if (!isVoid)
        {
            AttestationStore.Store(context.State, attestation, rest);
            bool isInForce = rest.State == AttestationState.Valid && at < rest.Claim.Expires;
            if (isInForce) CrossValidation.Check(context, rest, at);
            return paid;
        }
        AttestationStore.Store(context.State, attestation, rest);
        AttestationStore.Void(context, rest, ended.Id);
        return paid;
    }

    private static ulong EnforceReview(ExecutionContext context, Case ended, bool isMasked)
    {
        Review? review = ReviewBook.AboutOf(context.State, NumberOf(ended.Reference), ended.Claimant);
        if (isMasked && review is not null) ReviewBook.Mask(context, review, ended.Id);
        return 0;
    }
}
