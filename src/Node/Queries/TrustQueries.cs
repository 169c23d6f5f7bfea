using System;
using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Node.Queries;

/// <summary>Attestations, reviews and ratings.</summary>
internal static class TrustQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/attestation/UID", "an attestation", AttestationOf),
        QueryEntry.List("/market/attestations?subject&issuer&schema&state", "attestations", AttestationList),
        QueryEntry.One("/market/tier/PROVIDER", "a provider's tier now, and what each schema gives", TierOf),
        QueryEntry.One("/market/challenge/ISSUER/SUBJECT?schema", "the nonce that an attestation has to carry", ChallengeOf),
        QueryEntry.List("/market/audits?issuer&subject&schema", "attestations that are paid for and awaited", AuditList),
        QueryEntry.One("/market/review/LEASE/SIDE", "what one side of a lease, `tenant` or `provider`, wrote", ReviewOf),
        QueryEntry.List("/market/reviews/[LEASE]?subject&author&state", "reviews, of one lease or all", ReviewList),
        QueryEntry.One("/market/rating/ADDRESS/ROLE", "what is said of an address as `tenant` or `provider`", RatingOf),
    ];

    private static QueryAnswer AttestationOf(IStateReader state, QueryArguments arguments)
    {
        bool isNamed = Hash256.TryParse(arguments.Text(0), out Hash256 uid);
        if (!isNamed) return QueryAnswer.Bad("an attestation is named by its uid, 64 hex digits");
        return AttestationStore.Read(state, uid) is { } attestation
            ? QueryAnswer.Object(writer => TrustJson.Attestation(writer, attestation))
            : QueryAnswer.NotFound($"there is no attestation {Hex.Lower(uid.Span)}");
    }

    private static QueryAnswer AttestationList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("subject", out Address? subject)) return QueryAnswer.Bad("subject is no address");
        if (!arguments.TryAddressOption("issuer", out Address? issuer)) return QueryAnswer.Bad("issuer is no address");
        if (!arguments.TryEnumOption("schema", out AttestationSchema? schema)) return QueryAnswer.Bad("unknown schema");
        if (!arguments.TryEnumOption("state", out AttestationState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(Attestation attestation) =>
            (subject is null || attestation.Claim.Subject == subject)
            && (issuer is null || attestation.Issuer == issuer)
            && (schema is null || attestation.Claim.Schema == schema)
            && (wanted is null || attestation.State == wanted);
        byte[] prefix = Schema.Key(MarketSchema.Attestation);
        return new ListWalk<Attestation>("attestations", prefix, Attestation.TryDecode, Matches, TrustJson.Attestation)
            .Answer(state, arguments);
    }

    /// <summary><c>/market/tier/ADDRESS</c>: the tier of a provider now, and what each schema gives.</summary>
    private static QueryAnswer TierOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address provider)) return QueryAnswer.Bad("a provider is named by its address");
        byte tier = 0;
        IReadOnlyList<KeyValuePair<AttestationSchema, byte>> parts = ProviderTiers.Read(state, provider, FeeState.Load(state).UpdatedAt);
        foreach ((_, byte part) in parts) tier = Math.Max(tier, part);
        return QueryAnswer.Object(writer =>
        {
            writer.Address("provider", provider);
            writer.WriteNumber("tier", tier);
            foreach ((AttestationSchema schema, byte part) in parts) writer.WriteNumber(SnakeCase.Of(schema), part);
        });
    }

    /// <summary><c>/market/challenge/ISSUER/SUBJECT?schema=hardware</c>: the nonce that an attestation has to carry.</summary>
    private static QueryAnswer ChallengeOf(IStateReader state, QueryArguments arguments)
    {
        bool isNamed = arguments.TryAddress(0, out Address issuer) & arguments.TryAddress(1, out Address subject)
            & arguments.TryEnumOption("schema", out AttestationSchema? schema);
        if (!isNamed || schema is null)
        {
            return QueryAnswer.Bad("a challenge is named by its issuer's address, its subject's, and the option schema");
        }
        return AttestationChallenge.Read(state, new ChallengeId(issuer, subject, schema.Value)) is { } challenge
            ? QueryAnswer.Object(writer =>
            {
                writer.Hash("nonce", challenge.Nonce);
                writer.Time("until", challenge.Due);
            })
            : QueryAnswer.NotFound($"{issuer} has no open challenge about {subject}");
    }

    /// <summary>Attestations that are paid for and awaited.</summary>
    private static QueryAnswer AuditList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("issuer", out Address? issuer)) return QueryAnswer.Bad("issuer is no address");
        if (!arguments.TryAddressOption("subject", out Address? subject)) return QueryAnswer.Bad("subject is no address");
        if (!arguments.TryEnumOption("schema", out AttestationSchema? schema)) return QueryAnswer.Bad("unknown schema");
        bool Matches(Audit audit) => (issuer is null || audit.Id.Issuer == issuer)
            && (subject is null || audit.Id.Subject == subject)
            && (schema is null || audit.Id.Schema == schema);
        return new ListWalk<Audit>("audits", Schema.Key(MarketSchema.Audit), Audit.TryDecode, Matches, TrustJson.Audit)
            .Answer(state, arguments);
    }

    /// <summary><c>/market/review/LEASE/tenant</c> or <c>/market/review/LEASE/provider</c>: the side that wrote it.</summary>
    private static QueryAnswer ReviewOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong lease) || !TrySide(arguments.Text(1), out ReviewSide side))
        {
            return QueryAnswer.Bad("a review is named by its lease's number and the side that wrote it, tenant or provider");
        }
        return ReviewBook.Load(state, lease, side) is { } review
            ? QueryAnswer.Object(writer => TrustJson.Review(writer, review))
            : QueryAnswer.NotFound($"the {SnakeCase.Of(side)} of lease {lease} wrote no review");
    }

    /// <summary><c>/market/reviews/LEASE</c>; without a lease, all reviews.</summary>
    private static QueryAnswer ReviewList(IStateReader state, QueryArguments arguments)
    {
        byte[] prefix = Schema.Key(MarketSchema.Review);
        if (arguments.TryId(0, out ulong lease)) prefix = Schema.Key(MarketSchema.Review, lease);
        else if (arguments.KeyParts > 0) return QueryAnswer.Bad("a lease is named by its number");
        if (!arguments.TryAddressOption("subject", out Address? subject)) return QueryAnswer.Bad("subject is no address");
        if (!arguments.TryAddressOption("author", out Address? author)) return QueryAnswer.Bad("author is no address");
        if (!arguments.TryEnumOption("state", out ReviewState? wanted)) return QueryAnswer.Bad("unknown state");
        bool Matches(Review review) =>
            (subject is null || review.Subject == subject)
            && (author is null || review.Author == author)
            && (wanted is null || review.State == wanted);
        return new ListWalk<Review>("reviews", prefix, Review.TryDecode, Matches, TrustJson.Review).Answer(state, arguments);
    }

    /// <summary><c>/market/rating/ADDRESS/provider</c> or <c>…/tenant</c>: what is said of an address in that role.</summary>
    private static QueryAnswer RatingOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address subject) || !TrySide(arguments.Text(1), out ReviewSide role))
        {
            return QueryAnswer.Bad("a rating is named by an address and the role in which it is rated, tenant or provider");
        }
        return QueryAnswer.Object(writer =>
        {
            writer.Address("subject", subject);
            writer.Enum("role", role);
            TrustJson.Rating(writer, RatingTotals.Load(state, subject, role));
        });
    }

    private static bool TrySide(string text, out ReviewSide side)
    {
        side = text == "tenant" ? ReviewSide.Tenant : ReviewSide.Provider;
        return text is "tenant" or "provider";
    }
}
