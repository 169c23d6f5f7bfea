using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Node.Queries.Json;

/// <summary>Fields of offers, orders, bids and leases. Amounts are ncredit.</summary>
internal static class MarketJson
{
    public static void Offer(Utf8JsonWriter writer, Offer offer)
    {
        writer.UInt64("id", offer.Id);
        writer.Address("provider", offer.Provider);
        writer.WriteStartObject("terms");
        RegistryJson.Resources(writer, offer.Terms.Resources);
        writer.UInt64("curve_bps", offer.Terms.CurveBps);
        writer.Enum("sla", offer.Terms.Sla);
        Addresses(writer, "allowed", offer.Terms.Allowed);
        Addresses(writer, "denied", offer.Terms.Denied);
        writer.UInt64("rate_per_second", offer.Terms.RatePerSecond);
        writer.UInt64("min_term_seconds", offer.Terms.MinTermSeconds);
        writer.UInt64("notice_seconds", offer.Terms.NoticeSeconds);
        writer.UInt64("deposit", offer.Terms.Deposit);
        writer.WriteEndObject();
        writer.Time("posted_at", offer.PostedAt);
        writer.Time("valid_until", offer.ValidUntil);
        writer.UInt64("storage_deposit", offer.StorageDeposit);
    }

    public static void Order(Utf8JsonWriter writer, Order order)
    {
        writer.UInt64("id", order.Id);
        writer.Address("tenant", order.Tenant);
        writer.Enum("state", order.State);
        writer.WriteStartObject("terms");
        Terms(writer, order.Terms);
        writer.WriteEndObject();
        writer.WriteNumber("leased", order.Leased);
        writer.UInt64("escrow", order.Escrow);
        writer.UInt64("deposit", order.Deposit);
        writer.UInt64("storage_deposit", order.StorageDeposit);
        writer.Time("opened_at", order.OpenedAt);
        writer.Time("due", order.Due);
        writer.UInt64("prune_seconds", order.PruneSeconds);
        writer.UInt64("reveal_seconds", order.RevealSeconds);
        writer.WriteNumber("renewals_left", order.Renewals);
        writer.UInt64("reserve", order.Reserve);
        writer.WriteStartArray("leases");
        foreach (ulong lease in order.Leases) writer.WriteStringValue(lease.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndArray();
        writer.WriteStartArray("bids");
        foreach (ListedBid bid in order.Bids)
        {
            writer.WriteStartObject();
            writer.Address("provider", bid.Provider);
            writer.UInt64("rate_per_second", bid.RatePerSecond);
            writer.UInt64("quality_bps", bid.QualityBps);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("ended");
        foreach (Address provider in order.Ended) writer.WriteStringValue(provider.ToString());
        writer.WriteEndArray();
    }

    public static void Bid(Utf8JsonWriter writer, Bid bid)
    {
        writer.UInt64("order_id", bid.OrderId);
        writer.Address("provider", bid.Provider);
        writer.Enum("state", bid.State);
        writer.UInt64("rate_per_second", bid.RatePerSecond);
        writer.UInt64("notice_seconds", bid.NoticeSeconds);
        writer.UInt64("deposit", bid.Deposit);
        writer.UInt64("collateral", bid.Collateral);
        writer.UInt64("storage_deposit", bid.StorageDeposit);
        writer.Time("placed_at", bid.PlacedAt);
        writer.Hash("commit", bid.Commit);
        RegistryJson.Resources(writer, bid.Resources);
        writer.Enum("sla", bid.Sla);
    }

    public static void Lease(Utf8JsonWriter writer, Lease lease)
    {
        writer.UInt64("id", lease.Id);
        writer.UInt64("order_id", lease.OrderId);
        writer.Address("tenant", lease.Tenant);
        writer.Address("provider", lease.Provider);
        writer.Enum("state", lease.State);
        writer.Enum("reason", lease.Reason);
        writer.WriteStartObject("terms");
        Terms(writer, lease.Terms);
        writer.WriteEndObject();
        writer.Time("state_until", lease.StateUntil);
        writer.Time("created_at", lease.CreatedAt);
        writer.Time("tenant_deadline", lease.TenantDeadline);
        writer.Time("provider_deadline", lease.ProviderDeadline);
        writer.WriteBoolean("is_tenant_ready", lease.IsTenantReady);
        writer.Hash("workload_digest", lease.WorkloadDigest);
        writer.Hash("endpoint_hash", lease.EndpointHash);
        writer.Time("started_at", lease.StartedAt);
        writer.Time("settled_at", lease.SettledAt);
        writer.Time("paid_until", lease.IsPaying ? lease.PaidUntil : default);
        writer.Time("notice_at", lease.NoticeAt);
        writer.Time("closed_at", lease.ClosedAt);
        writer.UInt64("bucket", lease.Bucket);
        writer.UInt64("pending", lease.Pending);
        writer.UInt64("claimable", lease.Claimable);
        writer.UInt64("collateral", lease.Collateral);
        writer.UInt64("tenant_deposit", lease.TenantDeposit);
        writer.UInt64("provider_deposit", lease.ProviderDeposit);
        writer.UInt64("storage_deposit", lease.StorageDeposit);
        writer.UInt64("due_total", lease.DueTotal);
        writer.UInt64("fee_total", lease.FeeTotal);
        writer.UInt64("credit_total", lease.CreditTotal);
        writer.WriteBoolean("has_hidden_review", lease.HasHiddenReview);
        writer.UInt64("case_id", lease.CaseId);
        writer.UInt64("contested", lease.Contested);
        writer.UInt64("frozen", lease.Frozen);
        writer.WriteBoolean("is_of_standing_order", lease.IsOfStandingOrder);
    }

    public static void Amendment(Utf8JsonWriter writer, Amendment amendment)
    {
        writer.UInt64("lease_id", amendment.LeaseId);
        writer.Address("by", amendment.By);
        RegistryJson.Resources(writer, amendment.Terms.Resources);
        writer.UInt64("rate_per_second", amendment.Terms.RatePerSecond);
        writer.UInt64("min_term_seconds", amendment.Terms.MinTermSeconds);
        writer.Time("valid_until", amendment.ValidUntil);
    }

    private static void Addresses(Utf8JsonWriter writer, string name, IReadOnlyList<Address> addresses)
    {
        writer.WriteStartArray(name);
        foreach (Address address in addresses) writer.WriteStringValue(address.ToString());
        writer.WriteEndArray();
    }

    private static void Terms(Utf8JsonWriter writer, OrderTerms terms)
    {
        writer.Hash("spec_hash", terms.SpecHash);
        writer.Hash("manifest_hash", terms.ManifestHash);
        RegistryJson.Resources(writer, terms.Needs.Resources);
        writer.Enum("sla", terms.Needs.Sla);
        writer.WriteStartArray("regions");
        foreach (string region in terms.Needs.Regions) writer.WriteStringValue(region);
        writer.WriteEndArray();
        RegistryJson.Attributes(writer, terms.Needs.Attributes);
        writer.WriteStartArray("schemas");
        foreach (AttestationSchema schema in terms.Needs.Schemas) writer.WriteStringValue(SnakeCase.Of(schema));
        writer.WriteEndArray();
        writer.UInt64("reputation_min_bps", terms.Needs.ReputationMinBps);
        Addresses(writer, "allowed", terms.Needs.Allowed);
        Addresses(writer, "denied", terms.Needs.Denied);
        writer.WriteNumber("tier_min", terms.Needs.TierMin);
        writer.Enum("mode", terms.Mode);
        writer.WriteNumber("region_max", terms.RegionMax);
        writer.UInt64("close_window_seconds", terms.CloseWindowSeconds);
        writer.WriteNumber("replicas", terms.Replicas);
        writer.UInt64("rate_max", terms.RateMax);
        writer.UInt64("deposit", terms.Deposit);
        writer.UInt64("prepaid_seconds", terms.PrepaidSeconds);
        writer.UInt64("min_term_seconds", terms.MinTermSeconds);
        writer.UInt64("notice_seconds", terms.NoticeSeconds);
        writer.UInt64("open_seconds", terms.OpenSeconds);
        writer.WriteNumber("renewals", terms.Renewals);
    }

    private static void Terms(Utf8JsonWriter writer, LeaseTerms terms)
    {
        RegistryJson.Resources(writer, terms.Resources);
        writer.Enum("sla", terms.Sla);
        writer.UInt64("target_bps", terms.TargetBps);
        writer.UInt64("rate_per_second", terms.RatePerSecond);
        writer.UInt64("min_term_seconds", terms.MinTermSeconds);
        writer.UInt64("notice_seconds", terms.NoticeSeconds);
        writer.UInt64("lock_seconds", terms.LockSeconds);
        writer.UInt64("grace_seconds", terms.GraceSeconds);
        writer.UInt64("dispute_seconds", terms.DisputeSeconds);
        writer.UInt64("review_seconds", terms.ReviewSeconds);
        writer.UInt64("prune_seconds", terms.PruneSeconds);
        writer.UInt64("epoch_seconds", terms.EpochSeconds);
        writer.UInt64("fee_bps", terms.FeeBps);
        writer.UInt64("exit_bps", terms.ExitBps);
    }
}
