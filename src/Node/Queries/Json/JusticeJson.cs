using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Proof.Tasks;

namespace Chain.Node.Queries.Json;

/// <summary>Fields of cases and tasks. Amounts are ncredit.</summary>
internal static class JusticeJson
{
    public static void Case(Utf8JsonWriter writer, Case found)
    {
        writer.UInt64("id", found.Id);
        writer.Enum("target", found.Target);
        writer.Hash("reference", found.Reference);
        writer.Address("claimant", found.Claimant);
        writer.Address("respondent", found.Respondent);
        writer.UInt64("claim", found.Claim);
        writer.Hash("claim_hash", found.ClaimHash);
        writer.Hash("answer_hash", found.AnswerHash);
        writer.Enum("state", found.State);
        writer.Enum("outcome", found.Outcome);
        writer.Time("opened_at", found.OpenedAt);
        writer.Time("state_until", found.StateUntil);
        writer.UInt64("claimant_bond", found.ClaimantBond);
        writer.UInt64("respondent_bond", found.RespondentBond);
        writer.UInt64("storage_deposit", found.StorageDeposit);
        writer.UInt64("juror_fee", found.JurorFee);
        if (found.OfferBy.IsZero) writer.WriteNull("offer_by");
        else writer.Address("offer_by", found.OfferBy);
        writer.UInt64("offer_bps", found.OfferBps);
        writer.WriteNumber("round", found.Round);
        writer.UInt64("draw_round", found.DrawRound);
        writer.WriteBoolean("has_ruling", found.HasRuling);
        writer.UInt64("ruling_bps", found.RulingBps);
        writer.WriteStartArray("jurors");
        foreach (CaseJuror juror in found.Jurors)
        {
            writer.WriteStartObject();
            writer.Address("address", juror.Address);
            writer.WriteNumber("round", juror.Round);
            writer.UInt64("at_stake", juror.AtStake);
            writer.Hash("commit", juror.Commit);
            writer.WriteBoolean("has_voted", juror.HasVoted);
            writer.UInt64("award_bps", juror.AwardBps);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Task(Utf8JsonWriter writer, ComputeTask task)
    {
        writer.UInt64("id", task.Id);
        writer.Address("requester", task.Requester);
        writer.Hash("spec_hash", task.SpecHash);
        writer.Enum("state", task.State);
        writer.Time("state_until", task.StateUntil);
        writer.UInt64("trust", task.Trust);
        writer.UInt64("reward", task.Reward);
        writer.UInt64("stake", task.Stake);
        writer.UInt64("storage_deposit", task.StorageDeposit);
        writer.WriteNumber("round", task.Round);
        writer.WriteBoolean("is_adaptive", task.IsAdaptive);
        writer.UInt64("checked_one_in", task.CheckedOneIn);
        writer.Hash("result", task.Result);
        writer.WriteStartArray("workers");
        foreach (TaskWorker worker in task.Workers)
        {
            writer.WriteStartObject();
            writer.Address("address", worker.Address);
            writer.WriteNumber("round", worker.Round);
            writer.Hash("seal", worker.Seal);
            writer.Hash("digest", worker.Digest);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
