using System.Collections.Generic;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Market;

/// <summary>The kinds of the market: orders, bids, leases, money, proofs, reviews.</summary>
public static class MarketKinds
{
    /// <summary>Work of one object more: a lease to settle; each bid pays for its own refund when the order ends.</summary>
    private const ulong PerObject = 300;

    public static IReadOnlyList<KindEntry> Entries { get; } =
    [
        new(MessageKind.Offer, 1, ChangeOffer.FieldCount, 500, ChangeOffer.Read, ChangeOfferRules.Apply),
        new(MessageKind.Order, 1, OpenOrder.FieldCount, 600, OpenOrder.Read, OpenOrderRules.Apply,
            message => PerObject * ((OpenOrder)message).Terms.Renewals),
        new(MessageKind.Order, TakeOffer.KindVersion, TakeOffer.FieldCount, 1500, TakeOffer.Read, TakeOfferRules.Apply),
        new(MessageKind.OrderClose, 1, CancelOrder.FieldCount, 600, CancelOrder.Read, CancelOrderRules.Apply),
        new(MessageKind.Bid, 1, PlaceBid.FieldCount, 600 + PerObject, PlaceBid.Read, PlaceBidRules.Apply),
        new(MessageKind.Bid, SealBid.KindVersion, SealBid.FieldCount, 800 + PerObject, SealBid.Read, SealBidRules.Apply),
        new(MessageKind.BidReveal, 1, RevealBid.FieldCount, 800, RevealBid.Read, RevealBidRules.Apply),
        new(MessageKind.BidClose, 1, WithdrawBid.FieldCount, 500, WithdrawBid.Read, WithdrawBidRules.Apply),
        new(MessageKind.Lease, 1, AcceptBid.FieldCount, 1000, AcceptBid.Read, AcceptBidRules.Apply),
        new(MessageKind.LeaseStart, 1, StartLease.FieldCount, 500, StartLease.Read, StartLeaseRules.Apply),
        new(MessageKind.LeaseAmend, 1, AmendLease.FieldCount, 700, AmendLease.Read, AmendLeaseRules.Apply),
        new(MessageKind.LeaseClose, 1, CloseLease.FieldCount, 700, CloseLease.Read, CloseLeaseRules.Apply),
        new(MessageKind.Deposit, 1, Deposit.FieldCount, 300, Deposit.Read, DepositRules.Apply),
        new(MessageKind.Withdraw, 1, Withdraw.FieldCount, 300, Withdraw.Read, WithdrawRules.Apply),
        new(MessageKind.Settle, 1, SettleLeases.FieldCount, 100, SettleLeases.Read, SettleLeasesRules.Apply,
            message => PerObject * (ulong)((SettleLeases)message).LeaseIds.Count),
        new(MessageKind.Attest, 1, Attest.FieldCount, 600, Attest.Read, AttestRules.Apply),
        new(MessageKind.Attest, AskChallenge.KindVersion, AskChallenge.FieldCount, 500, AskChallenge.Read, AskChallengeRules.Apply),
        new(MessageKind.Attest, AskAudit.KindVersion, AskAudit.FieldCount, 500, AskAudit.Read, AskAuditRules.Apply),
        new(MessageKind.Revoke, 1, Revoke.FieldCount, 500, Revoke.Read, RevokeRules.Apply),
        new(MessageKind.Review, 1, WriteReview.FieldCount, 500, WriteReview.Read, WriteReviewRules.Apply),
    ];
}
