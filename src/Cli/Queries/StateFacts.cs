using System.Linq;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Queries;

/// <summary>Objects of the state as named values.</summary>
internal static class StateFacts
{
    public static Facts Of(Account account)
    {
        Facts facts = new Facts().Amount("balance", account.Balance);
        facts.Text("public_key", account.Key?.ToString() ?? "not known before its first transaction");
        return facts.List("lanes", account.Lanes.Select(l => new Facts().Number("lane", l.Lane).Number("next_sequence", l.Next)));
    }

    public static Facts Of(Provider provider) => new Facts()
        .Address("address", provider.Address)
        .Choice("status", provider.Status)
        .Text("region", provider.Region)
        .Amount("stake", provider.Bonded)
        .Amount("stake_locked", provider.Locked)
        .Amount("stake_free", provider.StakeFree)
        .List("unbonding", provider.Stake.Unbonding.Select(u => new Facts().Amount("amount", u.Amount).Time("due", u.Due)))
        .List("capacity", provider.Capacity.Select(c => new Facts().Choice("class", c.Class)
            .Number("total", c.Total).Number("reserved", c.Reserved).Number("leased", c.Leased)))
        .List("attributes", provider.Attributes.Select(MessageFacts.AttributeFacts))
        .Time("registered_at", provider.RegisteredAt)
        .Number("live_leases", provider.LiveLeases);

    public static Facts Of(Order order) => new Facts()
        .Number("id", order.Id)
        .Choice("state", order.State)
        .Address("tenant", order.Tenant)
        .Choice("resource", order.Terms.Needs.Resource)
        .Number("units", order.Terms.Needs.Units)
        .Text("regions", order.Terms.Needs.Regions.Count == 0 ? "any" : string.Join(", ", order.Terms.Needs.Regions))
        .Rate("rate_max", order.Terms.RateMax)
        .Number("replicas", order.Terms.Replicas)
        .Number("leased", order.Leased)
        .Amount("escrow", order.Escrow)
        .Amount("deposit", order.Deposit)
        .Number("prepaid_seconds", order.Terms.PrepaidSeconds)
        .Number("min_term_seconds", order.Terms.MinTermSeconds)
        .Number("notice_seconds", order.Terms.NoticeSeconds)
        .Time("opened_at", order.OpenedAt)
        .Time("due", order.Due)
        .List("bids", order.Bids.Select(b => new Facts().Address("provider", b.Provider).Rate("rate", b.RatePerSecond)));

    public static Facts Of(Lease lease) => new Facts()
        .Number("id", lease.Id)
        .Choice("state", lease.State)
        .Choice("reason", lease.Reason)
        .Number("order", lease.OrderId)
        .Address("tenant", lease.Tenant)
        .Address("provider", lease.Provider)
        .Choice("resource", lease.Terms.Resource)
        .Number("units", lease.Terms.Units)
        .Rate("rate", lease.Terms.RatePerSecond)
        .Amount("bucket", lease.Bucket)
        .Amount("pending", lease.Pending)
        .Amount("claimable", lease.Claimable)
        .Amount("collateral", lease.Collateral)
        .Amount("due_total", lease.DueTotal)
        .Amount("fee_total", lease.FeeTotal)
        .Time("created_at", lease.CreatedAt)
        .Time("started_at", lease.StartedAt)
        .Time("settled_at", lease.SettledAt)
        .Time("paid_until", lease.IsPaying ? lease.PaidUntil : default)
        .Time("closed_at", lease.ClosedAt)
        .Time("state_until", lease.StateUntil);

    public static Facts Of(Parameters parameters)
    {
        Facts facts = new();
        foreach (ParameterEntry entry in ParameterTable.Entries) facts.Number(entry.Name, parameters[entry.Id]);
        return facts;
    }

    public static Facts Of(PoolBalances pools) => new Facts()
        .Amount("minted", pools.Minted)
        .Amount("burned", pools.Burned)
        .Amount("supply", pools.Minted - pools.Burned)
        .Amount("treasury", pools.Treasury)
        .Amount("validator_rewards", pools.ValidatorRewards)
        .Amount("reliability", pools.Reliability);
}
