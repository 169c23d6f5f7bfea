using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Trust.Audits;

/// <summary>
/// Awaited audits: answered by an attestation, or lapsed. Besides, each attestation that states a tier may be looked at again by an issuer
/// whom the beacon draws (A16): one who sees something else voids it, see <see cref="CrossValidation"/>. Drawn is only who has an auditor's
/// stake, so that looking away costs something.
/// </summary>
internal static class AuditClock
{
    /// <summary>The audit at the block's time; null when none is awaited (any more).</summary>
    public static Audit? Load(ExecutionContext context, ChallengeId id)
    {
        Audit? awaited = Audit.Read(context.State, id);
        if (awaited is null || awaited.Due > context.Now) return awaited;
        awaited.Delete(context.State);
        if (awaited.IsDrawn) Silence(context, awaited);
        else Payments.Pay(context, id.Subject, awaited.Fee);
        Emit(context, "AuditLapsed", awaited, "asked", "lapsed");
        return null;
    }

    public static void Move(ExecutionContext context, byte[] id) => Load(context, ChallengeId.From(id));

    /// <summary>
    /// What the issuer of a tier pays to the reliability pool: what a second look costs, as often as there is one. So friends who attest
    /// each other again and again take no more out of the pool than they pay into it.
    /// </summary>
    public static ulong Premium(ulong fee, Parameters parameters) =>
        (ulong)((UInt128)SecondFee(fee, parameters) * parameters.ReauditBps / LeaseMath.BasisPoints);

    /// <summary>The beacon has spoken: mostly nothing happens; else some other issuer of the schema is asked, and paid by the pool.</summary>
    public static void Draw(ExecutionContext context, Attestation attestation, BeaconValue value)
    {
        Parameters parameters = context.Block.Parameters;
        Hash256 seed = DrawMath.Seed(value.Value, "audit"u8, attestation.Uid.Span);
        if ((ulong)DrawMath.Number(seed, 0, LeaseMath.BasisPoints) >= parameters.ReauditBps) return;
        AttestationClaim claim = attestation.Claim;
        List<ChallengeId> able = [];
        foreach (Address issuer in Accreditations.Holders(context.State, Accreditations.SchemaScope((byte)claim.Schema), value.At))
        {
            ChallengeId id = new(issuer, claim.Subject, claim.Schema);
            bool isPartial = issuer == attestation.Issuer || issuer == claim.Subject
                || Identities.AreLinked(context, issuer, attestation.Issuer) || Identities.AreLinked(context, issuer, claim.Subject);
            if (!isPartial && HasStake(context, issuer) && Audit.Read(context.State, id) is null) able.Add(id);
        }
        if (able.Count == 0) return;
        PoolBalances pools = Pools.Load(context.State);
        ulong fee = Math.Min(pools.Reliability, SecondFee(attestation.Fee, parameters));
        Pools.Store(context.State, pools with { Reliability = pools.Reliability - fee });
        Audit drawn = new(able[(int)DrawMath.Number(seed, 1, (ulong)able.Count)], IsDrawn: true, fee, value.At + parameters.AuditSeconds);
        drawn.Store(context.State);
        Emit(context, "AuditDrawn", drawn, "none", "asked");
    }

    public static void Emit(ExecutionContext context, string happened, Audit audit, string from, string to) => context.Emit(new Event(happened,
    [
        new("issuer", audit.Id.Issuer),
        new("subject", audit.Id.Subject),
        new("schema", AttestationNames.Of(audit.Id.Schema)),
        new("from", from),
        new("to", to),
        new("drawn", audit.IsDrawn ? "yes" : "no"),
        new("fee", audit.Fee),
        new("until", audit.Due.Seconds),
    ]));

    private static ulong SecondFee(ulong fee, Parameters parameters) => Math.Max(fee, parameters.AuditFeeMin);

    private static bool HasStake(ExecutionContext context, in Address issuer) =>
        RoleHolders.Load(context.State, Role.Auditor, issuer) is { } auditor && auditor.Stake.Free >= context.Block.Parameters.AuditFeeMin;

    /// <summary>Whoever was drawn and did not look loses the least fee of an audit, also of what it has begun to take out since.</summary>
    private static void Silence(ExecutionContext context, Audit silent)
    {
        Pools.AddToReliability(context.State, silent.Fee);
        if (RoleHolders.Load(context.State, Role.Auditor, silent.Id.Issuer) is not { } auditor) return;
        ulong lost = Math.Min(context.Block.Parameters.AuditFeeMin, (ulong)(auditor.Stake.Held - auditor.Stake.Locked));
        RoleHolders.Store(context.State, auditor with { Stake = auditor.Stake.WithSlashed(lost) });
        SlashSplit.ToPools(context, lost);
        context.Emit(new Event("AuditorSlashed",
            [new("auditor", auditor.Address), new("cause", "silent"), new("amount", lost), new("subject", silent.Id.Subject)]));
    }
}
