using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Tests.Life;

/// <summary>What must hold of a state after every transaction, whatever happened (marketplace.md 5.6). Each method names its rules.</summary>
internal static class LifeInvariants
{
    /// <summary>P1, P2: no credit comes or goes, none is owed, nobody has more than there is.</summary>
    public static void Credits(LifeState state, MemoryState raw)
    {
        Assert.Equal(0, state.Sum);
        Assert.True(state.Largest <= Pools.Load(raw).Minted);
        // Nothing in these lives is large enough to overflow a timed move.
        Assert.Empty(state.Quarantined);
    }

    /// <summary>P3, P4, P8: what is locked, reserved and leased is what bids, leases, tasks and juries say, and never too much.</summary>
    public static void Stakes(LifeState state)
    {
        SortedDictionary<Address, Int128> locked = [];
        SortedDictionary<(Address, ResourceClass, string), (ulong Reserved, ulong Leased)> units = [];
        SortedDictionary<Address, ulong> live = [];
        foreach (Bid bid in state.Bids.Values)
        {
            if (bid.State is not (BidState.Open or BidState.Committed))
            {
                Assert.Equal((0UL, 0UL), (bid.Deposit, bid.Collateral));
                continue;
            }
            Add(locked, bid.Provider, bid.Collateral);
            AddUnits(units, bid.Provider, bid.Resources, isLeased: false);
        }
        foreach (Lease lease in state.Leases.Values)
        {
            Add(locked, lease.Provider, lease.Collateral);
            if (lease.State <= LeaseState.Closed) live[lease.Provider] = live.GetValueOrDefault(lease.Provider) + 1;
            if (lease.State > LeaseState.Notice) continue;
            AddUnits(units, lease.Provider, lease.Terms.Resources, isLeased: true);
        }
        foreach (ComputeTask task in state.Tasks.Values)
        {
            if (task.IsOver) continue;
            foreach (TaskWorker worker in task.Workers) Add(locked, worker.Address, task.Stake);
        }
        foreach (Provider provider in state.Providers.Values)
        {
            Assert.True(provider.Locked <= provider.Bonded, "P3");
            Assert.Equal(locked.GetValueOrDefault(provider.Address), (Int128)provider.Locked);
            Assert.Equal(live.GetValueOrDefault(provider.Address), provider.LiveLeases);
            foreach (ClassCapacity capacity in provider.Capacity)
            {
                Assert.True((UInt128)capacity.Reserved + capacity.Leased <= capacity.Total, "P8");
                Assert.Equal(units.GetValueOrDefault(NameOf(provider.Address, capacity.Class, capacity.Gpu)), (capacity.Reserved, capacity.Leased));
            }
        }
        SortedDictionary<Address, Int128> seated = [];
        foreach (Case found in state.Cases.Values)
        {
            if (found.State == CaseState.Final) continue;
            foreach (CaseJuror juror in found.Jurors) Add(seated, juror.Address, juror.AtStake);
        }
        foreach (RoleHolder holder in state.Holders.Values)
        {
            Assert.True(holder.Stake.Locked <= holder.Stake.Bonded, "P3");
            Assert.Equal(holder.Role == Role.Juror ? seated.GetValueOrDefault(holder.Address) : 0, (Int128)holder.Stake.Locked);
        }
    }

    /// <summary>P5, P7, P11: a lease pays what it holds, for time that passed, and stands once for each replica.</summary>
    public static void Leases(LifeState state, MarketTime now)
    {
        SortedDictionary<ulong, HashSet<Address>> ofOrder = [];
        SortedDictionary<ulong, int> live = [];
        foreach (Lease lease in state.Leases.Values)
        {
            bool hasStarted = lease.StartedAt != default;
            UInt128 most = hasStarted ? (UInt128)MarketWorld.RateMax * (lease.SettledAt.Seconds - lease.StartedAt.Seconds) : 0;
            Assert.True(lease.DueTotal <= most, $"P11: lease {lease.Id} was due {lease.DueTotal}, at most {most}");
            Assert.True(lease.SettledAt <= now);
            Assert.True(lease.FeeTotal <= lease.DueTotal && lease.Pending <= lease.DueTotal, "P5");
            Assert.True(!lease.IsPaying || lease.PaidUntil.Seconds - lease.SettledAt.Seconds <= lease.Bucket / lease.Terms.RatePerSecond, "P5");
            Assert.True(lease.Contested <= lease.Claimable, "P5");
            // A seal that the order's own rules set: one lease of an order for each provider.
            if (lease.State <= LeaseState.Closed)
            {
                if (!ofOrder.TryGetValue(lease.OrderId, out HashSet<Address>? providers)) ofOrder[lease.OrderId] = providers = [];
                Assert.True(providers.Add(lease.Provider), $"P7: two leases of order {lease.OrderId} with one provider");
                if (lease.IsLive) live[lease.OrderId] = live.GetValueOrDefault(lease.OrderId) + 1;
            }
            if (lease.CaseId != 0) Assert.Equal(lease.Id, CaseSubjectOf(state.Cases[lease.CaseId]));
        }
        foreach (Order order in state.Orders.Values)
        {
            Assert.True(live.GetValueOrDefault(order.Id) <= order.Leased && order.Leased <= order.Terms.Replicas, "P7");
            Assert.All(order.Leases, id => Assert.True(state.Leases[id] is { IsLive: true, IsOfStandingOrder: true }));
            Assert.True(order.Reserve == 0 || order.IsStanding);
            if (order.State == OrderState.Standing) Assert.True(order.Leases.Count > 0 && order.OpenReplicas == 0);
        }
    }

    /// <summary>P9: what is over holds nothing but its storage deposit.</summary>
    public static void Ends(LifeState state)
    {
        foreach (Order order in state.Orders.Values)
        {
            bool isOver = order.State is OrderState.Filled or OrderState.Cancelled or OrderState.Expired;
            if (isOver) Assert.Equal(((Int128)order.StorageDeposit, 0, 0), (order.Held, order.Bids.Count, order.Renewals));
        }
        foreach (Lease lease in state.Leases.Values)
        {
            if (lease.State == LeaseState.Closed) Assert.Equal((0UL, 0UL), (lease.Bucket, lease.Pending));
            if (lease.State >= LeaseState.Final) Assert.Equal(((Int128)lease.StorageDeposit, 0UL, 0UL), (lease.Held, lease.Collateral, lease.CaseId));
        }
        foreach (ComputeTask task in state.Tasks.Values)
        {
            if (task.IsOver) Assert.Equal((Int128)task.StorageDeposit, task.Held);
        }
        foreach (Proposal proposal in state.Proposals.Values)
        {
            if (proposal.HasEnded) Assert.Empty(proposal.Deposits);
        }
    }

    /// <summary>
    /// P9: after a block without transactions nothing is past its deadline. These blocks carry too little for the cap on timed work;
    /// what a transaction sets free, such as a lease whose case it ends, may be due already and moves with the next block.
    /// </summary>
    public static void Deadlines(LifeState state, MarketTime now)
    {
        Assert.All(state.Waiting.Values, move => Assert.True(move.Due > now, $"P9: {move.Kind} was due at {move.Due.Seconds}, it is {now.Seconds}"));
        Assert.All(state.Orders.Values, order => Assert.True(order.Due > now, "P9"));
        Assert.All(state.Leases.Values, lease => Assert.True(lease.Due > now, "P9"));
        Assert.All(state.Proposals.Values, proposal => Assert.True(proposal.Due > now, "P9"));
        Assert.All(state.Offers.Values, offer => Assert.True(offer.ValidUntil > now, "P9"));
        Assert.All(state.Tasks.Values, task => Assert.True(task.StateUntil > now, "P9"));
        Assert.All(state.Cases.Values, found => Assert.True(found.StateUntil > now, "P9"));
        Assert.All(state.Attestations.Values, attestation => Assert.True(attestation.Due > now, "P9"));
    }

    /// <summary>P18, P19: juries are of others, each juror once, and no case is older than its rounds allow.</summary>
    public static void Cases(LifeState state, MarketTime now, Parameters parameters)
    {
        // Parameters that changed meanwhile are at most half as long again for each change; lives are too short for many.
        ulong round = parameters.JuryCommitSeconds + parameters.JuryRevealSeconds + (2 * parameters.AppealSeconds);
        ulong longest = 4 * (parameters.DisputeAnswerSeconds + (CaseMath.RoundsMax * round));
        foreach (Case found in state.Cases.Values)
        {
            HashSet<Address> jurors = [];
            foreach (CaseJuror juror in found.Jurors)
            {
                Assert.True(juror.Address != found.Claimant && juror.Address != found.Respondent && jurors.Add(juror.Address), "P18");
            }
            if (found.State == CaseState.Final) Assert.Equal((Int128)found.StorageDeposit, found.Held);
            else Assert.True(now.Seconds - found.OpenedAt.Seconds <= longest, $"P19: case {found.Id} is {now.Seconds - found.OpenedAt.Seconds} s old");
            Attestation? contested = found.Target == CaseTarget.Attestation && found.State != CaseState.Final
                ? state.Attestations.Values.Single(attestation => attestation.Uid == found.Reference)
                : null;
            if (contested is not null) Assert.Equal(found.Id, contested.CaseId);
        }
    }

    /// <summary>P23: parameters stay within their bounds and fit each other.</summary>
    public static void Bounds(Parameters parameters) =>
        Assert.True(ParameterBounds.TryCheck(parameters, out ParameterId culprit, out string error), $"{culprit}: {error}");

    private static void AddUnits(
        SortedDictionary<(Address, ResourceClass, string), (ulong Reserved, ulong Leased)> units, Address provider, ResourceVector taken, bool isLeased)
    {
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            ulong amount = taken.Of(resource);
            if (amount == 0) continue;
            (Address, ResourceClass, string) name = NameOf(provider, resource, taken.Gpu);
            (ulong reserved, ulong leased) = units.GetValueOrDefault(name);
            units[name] = isLeased ? (reserved, leased + amount) : (reserved + amount, leased);
        }
    }

    private static (Address, ResourceClass, string) NameOf(Address provider, ResourceClass resource, GpuKind gpu) =>
        (provider, resource, resource == ResourceClass.Gpu ? gpu.ToString() : "");

    private static void Add(SortedDictionary<Address, Int128> sums, in Address address, ulong amount) =>
        sums[address] = sums.GetValueOrDefault(address) + amount;

    private static ulong CaseSubjectOf(Case found) => CaseSubject.NumberOf(found.Reference);
}
