using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Rebates;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;

namespace Chain.StateMachine.Market;

/// <summary>The timed moves of the market: each loads its object, which brings it to the block's time.</summary>
public static class MarketTimedKinds
{
    public static IReadOnlyList<TimedKindEntry> Entries { get; } =
    [
        new(TimedKind.Order, 2000, MoveOrder),
        new(TimedKind.Lease, 500, MoveLease),
        new(TimedKind.Attestation, 1000, MoveAttestation),
        new(TimedKind.AttestationChallenge, 300, ChallengeClock.Move),
        new(TimedKind.Audit, 500, AuditClock.Move),
        new(TimedKind.Offer, 300, MoveOffer),
        new(TimedKind.Snapshot, 200, SnapshotClock.Move),
        new(TimedKind.Rebate, 5000, RebateClock.Move),
    ];

    private static void MoveOrder(ExecutionContext context, byte[] id) =>
        OrderClock.Load(context, BinaryPrimitives.ReadUInt64BigEndian(id));

    private static void MoveLease(ExecutionContext context, byte[] id) =>
        LeaseClock.Load(context, BinaryPrimitives.ReadUInt64BigEndian(id));

    private static void MoveOffer(ExecutionContext context, byte[] id) =>
        OfferClock.Load(context, BinaryPrimitives.ReadUInt64BigEndian(id));

    private static void MoveAttestation(ExecutionContext context, byte[] id) =>
        AttestationStore.Load(context, Hash256.From(id));
}
