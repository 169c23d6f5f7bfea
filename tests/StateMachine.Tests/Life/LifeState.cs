using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Justice;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Proof;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Tests.Life;

/// <summary>
/// Every object of a state, decoded, and the credits in it. It is kept in step with the chain block by block, so that only what a block
/// changed is decoded again.
/// </summary>
internal sealed class LifeState
{
    private readonly Dictionary<StateKey, Int128> _held = [];

    public LifeState(MemoryState state)
    {
        foreach ((StateKey key, byte[] value) in state.All) Put(key, value);
    }

    /// <summary>Everything held and burned less everything minted: nothing, while credits are conserved.</summary>
    public Int128 Sum { get; private set; }

    /// <summary>The most that anything holds which the last block wrote.</summary>
    public Int128 Largest { get; private set; }

    public SortedDictionary<ulong, Order> Orders { get; } = [];

    public Dictionary<StateKey, Bid> Bids { get; } = [];

    public SortedDictionary<ulong, Lease> Leases { get; } = [];

    public SortedDictionary<Address, Provider> Providers { get; } = [];

    public Dictionary<StateKey, RoleHolder> Holders { get; } = [];

    public SortedDictionary<ulong, Case> Cases { get; } = [];

    public Dictionary<StateKey, ComputeTask> Tasks { get; } = [];

    public Dictionary<StateKey, DataSet> DataSets { get; } = [];

    public Dictionary<StateKey, Offer> Offers { get; } = [];

    public Dictionary<StateKey, Attestation> Attestations { get; } = [];

    public Dictionary<StateKey, Review> Reviews { get; } = [];

    public Dictionary<StateKey, Proposal> Proposals { get; } = [];

    /// <summary>When each waiting move is due, and its kind.</summary>
    public Dictionary<StateKey, (MarketTime Due, TimedKind Kind)> Waiting { get; } = [];

    public HashSet<StateKey> Quarantined { get; } = [];

    public void Apply(BlockOutcome block)
    {
        Largest = 0;
        foreach ((StateKey key, byte[]? value) in block.Changes)
        {
            if (_held.Remove(key, out Int128 held)) Sum -= held;
            if (key.Store == StoreId.Market) Remove(key);
            if (value is not null) Put(key, value);
        }
    }

    private void Put(StateKey key, byte[] value)
    {
        Int128 held = Schema.Find(key.Store, key.Bytes)!.Held(value);
        Sum += held;
        _held[key] = held;
        if (key.Store != StoreId.Market || key.Bytes[0] == Schema.Pools) return;
        if (held < 0 || held > ulong.MaxValue) throw new InvalidOperationException($"{Hex.Lower(key.Bytes)} holds {held} ncredit");
        Largest = held > Largest ? held : Largest;
        Take(key, value);
    }

    private void Remove(StateKey key)
    {
        switch (key.Bytes[0])
        {
            case MarketSchema.Order: Orders.Remove(NumberOf(key)); break;
            case MarketSchema.Bid: Bids.Remove(key); break;
            case MarketSchema.Lease: Leases.Remove(NumberOf(key)); break;
            case MarketSchema.Offer: Offers.Remove(key); break;
            case MarketSchema.Attestation: Attestations.Remove(key); break;
            case MarketSchema.Review: Reviews.Remove(key); break;
            case Schema.Provider: Providers.Remove(Address.From(key.Bytes[1..])); break;
            case Schema.RoleHolder: Holders.Remove(key); break;
            case Schema.Proposal: Proposals.Remove(key); break;
            case JusticeSchema.Case: Cases.Remove(NumberOf(key)); break;
            case ProofSchema.Task: Tasks.Remove(key); break;
            case ProofSchema.DataSet: DataSets.Remove(key); break;
            case Schema.TimedQueue: Waiting.Remove(key); break;
            case Schema.Quarantine: Quarantined.Remove(key); break;
        }
    }

    private static ulong NumberOf(StateKey key) => BinaryPrimitives.ReadUInt64BigEndian(key.Bytes[1..]);

    private void Take(StateKey key, byte[] value)
    {
        bool isRead = true;
        switch (key.Bytes[0])
        {
            case MarketSchema.Order when isRead = Order.TryDecode(value, out Order order, out _):
                Orders[order.Id] = order;
                break;
            case MarketSchema.Bid when isRead = Bid.TryDecode(value, out Bid bid, out _):
                Bids[key] = bid;
                break;
            case MarketSchema.Lease when isRead = Lease.TryDecode(value, out Lease lease, out _):
                Leases[lease.Id] = lease;
                break;
            case MarketSchema.Offer when isRead = Offer.TryDecode(value, out Offer offer, out _):
                Offers[key] = offer;
                break;
            case MarketSchema.Attestation when isRead = Attestation.TryDecode(value, out Attestation attestation, out _):
                Attestations[key] = attestation;
                break;
            case MarketSchema.Review when isRead = Review.TryDecode(value, out Review review, out _):
                Reviews[key] = review;
                break;
            case Schema.Provider when isRead = Provider.TryDecode(value, out Provider provider, out _):
                Providers[provider.Address] = provider;
                break;
            case Schema.RoleHolder when isRead = RoleHolder.TryDecode(value, out RoleHolder holder, out _):
                Holders[key] = holder;
                break;
            case Schema.Proposal when isRead = Proposal.TryDecode(value, out Proposal proposal, out _):
                Proposals[key] = proposal;
                break;
            case JusticeSchema.Case when isRead = Case.TryDecode(value, out Case found, out _):
                Cases[found.Id] = found;
                break;
            case ProofSchema.Task when isRead = ComputeTask.TryDecode(value, out ComputeTask task, out _):
                Tasks[key] = task;
                break;
            case ProofSchema.DataSet when isRead = DataSet.TryDecode(value, out DataSet set, out _):
                DataSets[key] = set;
                break;
            case Schema.TimedQueue:
                Waiting[key] = (TimedQueue.DueOf(key.Bytes), TimedQueue.KindOf(key.Bytes));
                break;
            case Schema.Quarantine:
                Quarantined.Add(key);
                break;
        }
        if (!isRead) throw new InvalidOperationException($"{Hex.Lower(key.Bytes)} does not decode");
    }
}
