using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Node.Queries.Json;

/// <summary>Fields of attestations, reviews and ratings.</summary>
internal static class TrustJson
{
    public static void Attestation(Utf8JsonWriter writer, Attestation attestation)
    {
        writer.Hash("uid", attestation.Uid);
        writer.Address("issuer", attestation.Issuer);
        writer.Enum("schema", attestation.Claim.Schema);
        writer.Address("subject", attestation.Claim.Subject);
        writer.Enum("state", attestation.State);
        writer.Hash("reference", attestation.Claim.Reference);
        writer.Hash("data_hash", attestation.Claim.DataHash);
        writer.Hash("nonce", attestation.Claim.Nonce);
        writer.WriteNumber("tier", attestation.Claim.Tier);
        writer.Time("not_before", attestation.Claim.NotBefore);
        writer.Time("expires", attestation.Claim.Expires);
        writer.Time("issued_at", attestation.IssuedAt);
        writer.Time("valid_from", attestation.ValidFrom);
        writer.UInt64("bond", attestation.Bond);
        writer.UInt64("case_id", attestation.CaseId);
        writer.UInt64("fee", attestation.Fee);
        writer.UInt64("draw_round", attestation.DrawRound);
    }

    public static void Audit(Utf8JsonWriter writer, Audit audit)
    {
        writer.Address("issuer", audit.Id.Issuer);
        writer.Address("subject", audit.Id.Subject);
        writer.Enum("schema", audit.Id.Schema);
        writer.WriteBoolean("is_drawn", audit.IsDrawn);
        writer.UInt64("fee", audit.Fee);
        writer.Time("due", audit.Due);
    }

    public static void Review(Utf8JsonWriter writer, Review review)
    {
        writer.UInt64("lease_id", review.LeaseId);
        writer.Enum("side", review.Side);
        writer.Address("author", review.Author);
        writer.Address("subject", review.Subject);
        writer.Enum("state", review.State);
        writer.WriteStartObject("stars");
        writer.WriteNumber("quality", review.Stars.Quality);
        writer.WriteNumber("reliability", review.Stars.Reliability);
        writer.WriteNumber("communication", review.Stars.Communication);
        writer.WriteEndObject();
        writer.Hash("text_hash", review.TextHash);
        writer.UInt64("weight", review.Weight);
        writer.Time("written_at", review.WrittenAt);
        writer.Time("published_at", review.PublishedAt);
        writer.Hash("reply_hash", review.ReplyHash);
    }

    /// <summary>Sums of weight times stars, so that anyone can recompute the means, and the means in hundredths of a star.</summary>
    public static void Rating(Utf8JsonWriter writer, RatingTotals totals)
    {
        writer.UInt64("count", totals.Count);
        writer.UInt64("weight", totals.Weight);
        writer.UInt64("quality", totals.Quality);
        writer.UInt64("reliability", totals.Reliability);
        writer.UInt64("communication", totals.Communication);
        writer.UInt64("quality_mean_hundredths", totals.MeanHundredths(totals.Quality));
        writer.UInt64("reliability_mean_hundredths", totals.MeanHundredths(totals.Reliability));
        writer.UInt64("communication_mean_hundredths", totals.MeanHundredths(totals.Communication));
    }
}
