using System;
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

/// <summary>Every object of a state, decoded in one pass, and the credits in it.</summary>
internal sealed class LifeState
{
    public LifeState(MemoryState state)
    {
        foreach ((StateKey key, byte[] value) in state.All)
        {
            Int128 held = Schema.Find(key.Store, key.Bytes)!.Held(value);
            Sum += held;
            if (key.Store != StoreId.Market) continue;
            if (key.Bytes[0] == Schema.Pools) continue;
            if (held < 0 || held > ulong.MaxValue) throw new InvalidOperationException($"{Hex.Lower(key.Bytes)} holds {held} ncredit");
            Largest = held > Largest ? held : Largest;
            Take(key, value);
        }
    }

    /// <summary>Everything held and burned less everything minted: nothing, while credits are conserved.</summary>
    public Int128 Sum { get; }

    public Int128 Largest { get; }

    public SortedDictionary<ulong, Order> Orders { get; } = [];

    public List<Bid> Bids { get; } = [];

    public SortedDictionary<ulong, Lease> Leases { get; } = [];

    public SortedDictionary<Address, Provider> Providers { get; } = [];

    public List<RoleHolder> Holders { get; } = [];

    public SortedDictionary<ulong, Case> Cases { get; } = [];

    public List<ComputeTask> Tasks { get; } = [];

    public List<DataSet> DataSets { get; } = [];

    public List<Offer> Offers { get; } = [];

    public List<Attestation> Attestations { get; } = [];

    public List<Review> Reviews { get; } = [];

    public List<Proposal> Proposals { get; } = [];

    /// <summary>When each waiting move is due, and its kind.</summary>
    public List<(MarketTime Due, TimedKind Kind)> Waiting { get; } = [];

    public int Quarantined { get; private set; }

    private void Take(StateKey key, byte[] value)
    {
        bool isRead = true;
        switch (key.Bytes[0])
        {
            case MarketSchema.Order when isRead = Order.TryDecode(value, out Order order, out _):
                Orders[order.Id] = order;
                break;
            case MarketSchema.Bid when isRead = Bid.TryDecode(value, out Bid bid, out _):
                Bids.Add(bid);
                break;
            case MarketSchema.Lease when isRead = Lease.TryDecode(value, out Lease lease, out _):
                Leases[lease.Id] = lease;
                break;
            case MarketSchema.Offer when isRead = Offer.TryDecode(value, out Offer offer, out _):
                Offers.Add(offer);
                break;
            case MarketSchema.Attestation when isRead = Attestation.TryDecode(value, out Attestation attestation, out _):
                Attestations.Add(attestation);
                break;
            case MarketSchema.Review when isRead = Review.TryDecode(value, out Review review, out _):
                Reviews.Add(review);
                break;
            case Schema.Provider when isRead = Provider.TryDecode(value, out Provider provider, out _):
                Providers[provider.Address] = provider;
                break;
            case Schema.RoleHolder when isRead = RoleHolder.TryDecode(value, out RoleHolder holder, out _):
                Holders.Add(holder);
                break;
            case Schema.Proposal when isRead = Proposal.TryDecode(value, out Proposal proposal, out _):
                Proposals.Add(proposal);
                break;
            case JusticeSchema.Case when isRead = Case.TryDecode(value, out Case found, out _):
                Cases[found.Id] = found;
                break;
            case ProofSchema.Task when isRead = ComputeTask.TryDecode(value, out ComputeTask task, out _):
                Tasks.Add(task);
                break;
            case ProofSchema.DataSet when isRead = DataSet.TryDecode(value, out DataSet set, out _):
                DataSets.Add(set);
                break;
            case Schema.TimedQueue:
                Waiting.Add((TimedQueue.DueOf(key.Bytes), TimedQueue.KindOf(key.Bytes)));
                break;
            case Schema.Quarantine:
                Quarantined++;
                break;
        }
        if (!isRead) throw new InvalidOperationException($"{Hex.Lower(key.Bytes)} does not decode");
    }
}
