using System.Globalization;
using System.Linq;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Queries;

/// <summary>Objects of the state as named values, under the names that the node's typed queries use.</summary>
internal static class StateFacts
{
    public static Facts Of(Address address, Account account)
    {
        Facts facts = new Facts().Address("address", address).Amount("balance", account.Balance);
        if (account.Key is { } key) facts.Text("public_key", Hex.Lower(key.Span));
        else facts.Add("public_key", null, "not known before its first transaction");
        return facts.List("lanes", account.Lanes.Select(l =>
            new Facts().Number("lane", l.Lane).Number("next_sequence", l.Next)));
    }

    public static Facts Add(this Facts facts, GrantTerms terms) => facts
        .Words("kinds", terms.Kinds.Kinds().Select(k => JsonNames.Of(k)))
        .Text("target", terms.Target.ToString())
        .Amount("cap", terms.Cap)
        .Flag("pays_fees", terms.PaysFees)
        .Time("expires_at", new MarketTime(terms.ExpiresAt));

    public static Facts Of(Grant grant) => new Facts()
        .Address("granter", grant.Granter)
        .Address("grantee", grant.Grantee)
        .Add(grant.Terms)
        .Amount("spent", grant.Spent)
        .Amount("left", grant.Left)
        .Amount("storage_deposit", grant.StorageDeposit);

    public static Facts Of(Address address, DidDocument document) => new Facts()
        .Address("address", address)
        .Hash("hash", document.Hash)
        .Amount("storage_deposit", document.StorageDeposit);

    public static Facts Of(Provider provider) => new Facts()
        .Address("address", provider.Address)
        .Choice("status", provider.Status)
        .Group("stake", Of(provider.Stake))
        .Text("region", provider.Region)
        .List("attributes", provider.Attributes.Select(MessageFacts.AttributeFacts))
        .List("capacity", provider.Capacity.Select(c => MessageFacts.ClassFacts(c)
            .Number("total", c.Total).Number("reserved", c.Reserved).Number("leased", c.Leased)))
        .Text("did", provider.Did)
        .Hash("endpoint_hash", provider.EndpointHash)
        .Time("registered_at", provider.RegisteredAt)
        .Number("live_leases", provider.LiveLeases)
        .Time("snapshot_due", provider.SnapshotDue)
        .List("maintenance", provider.Maintenance.Select(w => new Facts()
            .Time("from", w.From).Time("to", w.To).Number("charged_seconds", w.ChargedSeconds)));

    public static Facts Of(OfferTerms terms) => new Facts()
        .Group("resources", MessageFacts.UnitFacts(terms.Resources))
        .Rate("rate_per_second", terms.RatePerSecond)
        .Number("curve_bps", terms.CurveBps)
        .Choice("sla", terms.Sla)
        .Number("min_term_seconds", terms.MinTermSeconds)
        .Number("notice_seconds", terms.NoticeSeconds)
        .Amount("deposit", terms.Deposit)
        .Words("allowed", terms.Allowed.Select(a => a.ToString()))
        .Words("denied", terms.Denied.Select(a => a.ToString()));

    public static Facts Of(Offer offer) => new Facts()
        .Number("id", offer.Id)
        .Address("provider", offer.Provider)
        .Group("terms", Of(offer.Terms))
        .Time("posted_at", offer.PostedAt)
        .Time("valid_until", offer.ValidUntil)
        .Amount("storage_deposit", offer.StorageDeposit);

    public static Facts Of(Order order) => new Facts()
        .Number("id", order.Id)
        .Address("tenant", order.Tenant)
        .Choice("state", order.State)
        .Group("terms", Of(order.Terms))
        .Number("leased", order.Leased)
        .Amount("escrow", order.Escrow)
        .Amount("deposit", order.Deposit)
        .Amount("storage_deposit", order.StorageDeposit)
        .Time("opened_at", order.OpenedAt)
        .Time("due", order.Due)
        .Number("renewals_left", order.Renewals)
        .Amount("reserve", order.Reserve)
        .Words("leases", order.Leases.Select(id => id.ToString(CultureInfo.InvariantCulture)))
        .List("bids", order.Bids.Select(b => new Facts()
            .Address("provider", b.Provider).Rate("rate_per_second", b.RatePerSecond)));

    public static Facts Of(Bid bid) => new Facts()
        .Number("order_id", bid.OrderId)
        .Address("provider", bid.Provider)
        .Choice("state", bid.State)
        .Rate("rate_per_second", bid.RatePerSecond)
        .Number("notice_seconds", bid.NoticeSeconds)
        .Amount("deposit", bid.Deposit)
        .Amount("collateral", bid.Collateral)
        .Time("placed_at", bid.PlacedAt)
        .Group("resources", MessageFacts.UnitFacts(bid.Resources))
        .Choice("sla", bid.Sla);

    public static Facts Of(Lease lease) => new Facts()
        .Number("id", lease.Id)
        .Number("order_id", lease.OrderId)
        .Address("tenant", lease.Tenant)
        .Address("provider", lease.Provider)
        .Choice("state", lease.State)
        .Choice("reason", lease.Reason)
        .Group("terms", Of(lease.Terms))
        .Amount("bucket", lease.Bucket)
        .Amount("pending", lease.Pending)
        .Amount("claimable", lease.Claimable)
        .Amount("collateral", lease.Collateral)
        .Amount("tenant_deposit", lease.TenantDeposit)
        .Amount("provider_deposit", lease.ProviderDeposit)
        .Amount("due_total", lease.DueTotal)
        .Amount("fee_total", lease.FeeTotal)
        .Time("created_at", lease.CreatedAt)
        .Time("started_at", lease.StartedAt)
        .Time("settled_at", lease.SettledAt)
        .Time("paid_until", lease.IsPaying ? lease.PaidUntil : default)
        .Time("closed_at", lease.ClosedAt)
        .Number("case_id", lease.CaseId)
        .Amount("contested", lease.Contested)
        .Amount("frozen", lease.Frozen)
        .Time("state_until", lease.StateUntil);

    public static Facts Of(Parameters parameters)
    {
        Facts facts = new(isExact: true);
        foreach (ParameterEntry entry in ParameterTable.Entries) facts.Number(entry.Name, parameters[entry.Id]);
        return facts;
    }

    public static Facts Of(PoolBalances pools) => new Facts()
        .Amount("total", pools.Minted - pools.Burned)
        .Amount("minted", pools.Minted)
        .Amount("burned", pools.Burned)
        .Amount("treasury", pools.Treasury)
        .Amount("validator_rewards", pools.ValidatorRewards)
        .Amount("reliability", pools.Reliability);

    public static Facts Of(Attestation attestation) => new Facts()
        .Hash("uid", attestation.Uid)
        .Address("issuer", attestation.Issuer)
        .Group("claim", Of(attestation.Claim))
        .Choice("state", attestation.State)
        .Time("issued_at", attestation.IssuedAt)
        .Time("valid_from", attestation.ValidFrom)
        .Amount("fee", attestation.Fee)
        .Amount("bond", attestation.Bond);

    public static Facts Of(AttestationClaim claim) => new Facts()
        .Choice("schema", claim.Schema)
        .Address("subject", claim.Subject)
        .Hash("data_hash", claim.DataHash)
        .Number("tier", claim.Tier)
        .Time("not_before", claim.NotBefore)
        .Time("expires", claim.Expires);

    public static Facts Of(Review review) => new Facts()
        .Number("lease_id", review.LeaseId)
        .Choice("side", review.Side)
        .Address("author", review.Author)
        .Address("subject", review.Subject)
        .Choice("state", review.State)
        .Group("stars", Of(review.Stars))
        .Hash("text_hash", review.TextHash)
        .Number("weight", review.Weight)
        .Time("written_at", review.WrittenAt)
        .Time("published_at", review.PublishedAt)
        .Hash("reply_hash", review.ReplyHash);

    public static Facts Of(Stars stars) => new Facts()
        .Number("quality", stars.Quality).Number("reliability", stars.Reliability)
            .Number("communication", stars.Communication);

    private static Facts Of(StakeBalance stake) => new Facts()
        .Amount("bonded", stake.Bonded)
        .Amount("locked", stake.Locked)
        .List("unbonding", stake.Unbonding.Select(u => new Facts().Amount("amount", u.Amount).Time("due", u.Due)));

    public static Facts Of(OrderTerms terms) => new Facts()
        .Group("resources", MessageFacts.UnitFacts(terms.Needs.Resources))
        .Choice("sla", terms.Needs.Sla)
        .Words("regions", terms.Needs.Regions)
        .List("attributes", terms.Needs.Attributes.Select(MessageFacts.AttributeFacts))
        .Words("schemas", terms.Needs.Schemas.Select(s => JsonNames.Of(s)))
        .Number("reputation_min_bps", terms.Needs.ReputationMinBps)
        .Words("allowed", terms.Needs.Allowed.Select(a => a.ToString()))
        .Words("denied", terms.Needs.Denied.Select(a => a.ToString()))
        .Number("tier_min", terms.Needs.TierMin)
        .Choice("mode", terms.Mode)
        .Number("region_max", terms.RegionMax)
        .Number("replicas", terms.Replicas)
        .Rate("rate_max", terms.RateMax)
        .Amount("deposit", terms.Deposit)
        .Number("prepaid_seconds", terms.PrepaidSeconds)
        .Number("min_term_seconds", terms.MinTermSeconds)
        .Number("notice_seconds", terms.NoticeSeconds)
        .Number("open_seconds", terms.OpenSeconds)
        .Number("renewals", terms.Renewals);

    private static Facts Of(LeaseTerms terms) => new Facts()
        .Group("resources", MessageFacts.UnitFacts(terms.Resources))
        .Choice("sla", terms.Sla)
        .Number("target_bps", terms.TargetBps)
        .Rate("rate_per_second", terms.RatePerSecond)
        .Number("min_term_seconds", terms.MinTermSeconds)
        .Number("notice_seconds", terms.NoticeSeconds)
        .Number("lock_seconds", terms.LockSeconds)
        .Number("grace_seconds", terms.GraceSeconds);
}
