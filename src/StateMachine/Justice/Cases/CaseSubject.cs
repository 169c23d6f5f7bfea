using System;
using System.Buffers.Binary;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>
/// What a case does to the thing it is about. While a case runs, a lease's collateral and as much of what its provider could
/// claim as the claim needs stay where they are, an attestation's bond stays, and neither ends.
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
        ExecutionContext context, CaseTarget target, in Hash256 reference, out Address respondent, out ulong claimMax)
    {
        respondent = default;
        claimMax = 0;
        return target switch
        {
            CaseTarget.Lease => CheckLease(context, NumberOf(reference), out respondent, out claimMax),
            CaseTarget.Attestation => CheckAttestation(context, reference, out respondent, out claimMax),
            CaseTarget.Review => CheckReview(context, NumberOf(reference), out respondent),
            // The chain opens these by itself.
            _ => ResultCode.NoCaseRight,
        };
    }

    /// <summary>Holds what is contested until the case is over.</summary>
    public static void Freeze(ExecutionContext context, Case opened)
    {
        if (opened.Target == CaseTarget.Lease)
        {
            Lease lease = LeaseClock.Load(context, NumberOf(opened.Reference))!;
            ulong beyond = opened.Claim > lease.Collateral ? opened.Claim - lease.Collateral : 0;
            LeaseStore.Store(context.State, lease, lease with { CaseId = opened.Id, Contested = Math.Min(beyond, lease.Claimable) });
        }
        if (opened.Target == CaseTarget.Attestation)
        {
            Attestation attestation = AttestationStore.Read(context.State, opened.Reference)!;
            AttestationStore.Store(context.State, attestation, attestation with { CaseId = opened.Id });
        }
    }

    /// <summary>Carries out a ruling, as far as there is anything left, and lets go of the rest. Answers what the claimant got.</summary>
    public static ulong Enforce(ExecutionContext context, Case ended, ulong rulingBps)
    {
        ulong award = CaseMath.Award(ended.Claim, rulingBps);
        return ended.Target switch
        {
            CaseTarget.Lease => EnforceLease(context, ended, award),
            CaseTarget.Attestation => EnforceAttestation(context, ended, award, rulingBps >= CaseMath.LostFromBps),
            CaseTarget.Review => EnforceReview(context, ended, rulingBps >= CaseMath.LostFromBps),
            // Both attestations are void already, and their bonds are those of the case.
            _ => 0,
        };
    }

    private static ResultCode CheckLease(ExecutionContext context, ulong id, out Address respondent, out ulong claimMax)
    {
        respondent = default;
        claimMax = 0;
        Lease? lease = LeaseClock.Load(context, id);
        if (lease is null) return ResultCode.NotFound;
        if (lease.Tenant != context.Sender) return ResultCode.NoCaseRight;
        if (lease.State == LeaseState.Final) return ResultCode.TooLate;
        if (!lease.IsPaying && lease.State is not (LeaseState.Starved or LeaseState.Closed)) return ResultCode.BadState;
        if (lease.CaseId != 0) return ResultCode.AlreadyDone;
        respondent = lease.Provider;
        claimMax = lease.Collateral + lease.Claimable;
        return ResultCode.Ok;
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
        claimMax = attestation.Bond;
        return ResultCode.Ok;
    }

    private static ResultCode CheckReview(ExecutionContext context, ulong leaseId, out Address respondent)
    {
        respondent = default;
        // Publishes what is due.
        LeaseClock.Load(context, leaseId);
        Review? review = ReviewBook.AboutOf(context.State, leaseId, context.Sender);
        if (review is null) return ResultCode.NoCaseRight;
        if (review.State != ReviewState.Published) return review.State == ReviewState.Masked ? ResultCode.AlreadyDone : ResultCode.BadState;
        bool isLate = context.Now >= review.PublishedAt + context.Block.Parameters.DisputeSeconds;
        respondent = review.Author;
        return isLate ? ResultCode.TooLate : ResultCode.Ok;
    }

    /// <summary>Compensation comes out of the collateral first, and then out of what the provider was going to be paid.</summary>
    private static ulong EnforceLease(ExecutionContext context, Case ended, ulong award)
    {
        Lease lease = LeaseClock.Load(context, NumberOf(ended.Reference))!;
        ulong fromStake = Math.Min(award, lease.Collateral);
        ulong fromPay = Math.Min(award - fromStake, lease.Claimable);
        Provider provider = Payments.ProviderOf(context, lease.Provider);
        StakeBalance stake = provider.Stake;
        Providers.Store(context.State, provider with
        {
            Stake = stake with { Bonded = stake.Bonded - fromStake, Locked = stake.Locked - fromStake },
        });
        Payments.Pay(context, ended.Claimant, fromStake + fromPay);
        LeaseStore.Store(context.State, lease, lease with
        {
            CaseId = 0,
            Contested = 0,
            Collateral = lease.Collateral - fromStake,
            Claimable = lease.Claimable - fromPay,
        });
        context.Emit(new Event("LeaseCompensated",
        [
            new("case", ended.Id),
            new("lease", lease.Id),
            new("to", ended.Claimant),
            new("from_collateral", fromStake),
            new("from_claimable", fromPay),
            new("collateral", lease.Collateral - fromStake),
            new("claimable", lease.Claimable - fromPay),
        ]));
        return fromStake + fromPay;
    }

    private static ulong EnforceAttestation(ExecutionContext context, Case ended, ulong award, bool isVoid)
    {
        Attestation attestation = AttestationStore.Read(context.State, ended.Reference)!;
        ulong paid = Math.Min(award, attestation.Bond);
        Payments.Pay(context, ended.Claimant, paid);
        Attestation rest = attestation with { CaseId = 0, Bond = attestation.Bond - paid };
        if (!isVoid)
        {
            AttestationStore.Store(context.State, attestation, rest);
            bool isInForce = rest.State == AttestationState.Valid && context.Now < rest.Claim.Expires;
            if (isInForce) CrossValidation.Check(context, rest, context.Now);
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
