using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>
/// Two issuers who state tiers of one subject and schema that lie too far apart cannot both be right: neither counts any longer, and a
/// jury finds out who was wrong (marketplace.md 5.4 row 21, A16). Their bonds and fees are the bonds of the case, so the one who was wrong pays the jury and
/// the other issuer.
/// </summary>
internal static class CrossValidation
{
    /// <summary>Looks for a contradiction to an attestation that is in force at a time; the oldest one in the index decides.</summary>
    public static void Check(ExecutionContext context, Attestation valid, MarketTime at)
    {
        if (valid.CaseId != 0) return;
        AttestationIndex index = AttestationIndex.Load(context.State, valid.Claim.Subject, valid.Claim.Schema);
        foreach (IndexedAttestation entry in index.Entries)
        {
            bool isApart = entry.Issuer != valid.Issuer && Tiers.AreApart(entry.Tier, valid.Claim.Tier);
            if (!isApart || entry.ValidFrom > at || entry.Expires <= at) continue;
            Attestation other = AttestationStore.Read(context.State, entry.Uid)!;
            // One whose bond another case holds is compared when that has ended; one that is not confirmed yet, when it is.
            if (other.State != AttestationState.Valid || other.CaseId != 0) continue;
            OpenCase(context, other, valid, at);
            return;
        }
    }

    private static void OpenCase(ExecutionContext context, Attestation earlier, Attestation later, MarketTime at)
    {
        ulong id = Counters.Next(context.State, CounterKind.Case);
        Case opened = new(
            id, CaseTarget.Conflict, CaseSubject.OfAddress(later.Claim.Subject), later.Issuer, earlier.Issuer, Claim: 0, later.Uid, earlier.Uid,
            CaseState.Answer, CaseOutcome.None, at, at, later.Held, earlier.Held, StorageDeposit: 0,
            context.Block.Parameters.JurorFee, default, OfferBps: 0, Round: 0, DrawRound: 0, HasRuling: false, RulingBps: 0, []);
        context.Emit(new Event("AttestationConflict",
        [
            new("case", id),
            new("earlier", earlier.Uid),
            new("later", later.Uid),
            new("subject", later.Claim.Subject),
            new("schema", AttestationNames.Of(later.Claim.Schema)),
            new("tier_earlier", earlier.Claim.Tier),
            new("tier_later", later.Claim.Tier),
        ]));
        AttestationStore.VoidForCase(context, earlier, id);
        AttestationStore.VoidForCase(context, later, id);
        context.Emit(new Event("CaseOpened",
        [
            new("case", id),
            new("from", "none"),
            new("to", CaseNames.Of(opened.State)),
            new("target", CaseNames.Of(opened.Target)),
            new("reference", opened.Reference),
            new("claimant", opened.Claimant),
            new("respondent", opened.Respondent),
            new("claim", opened.Claim),
            new("bond", opened.ClaimantBond),
            new("respondent_bond", opened.RespondentBond),
        ]));
        // Both have said what they have to say when they stated it.
        CaseStore.Store(context.State, null, CaseClock.ToDrawing(context, opened, at));
    }
}
