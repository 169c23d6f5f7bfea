using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// A running agreement and its money, all in ncredit. The bucket pays each second and never goes below zero: what the bucket
/// does not pay for is not served.
/// </summary>
/// <param name="StateUntil">
/// When the present state ends by itself: grace of a starved lease, notice, dispute window of a closed one, life of a record
/// whose lease is over. The zero time in the other states.
/// </param>
/// <param name="TenantDeadline">The first second that is too late for the tenant's acknowledgement.</param>
/// <param name="ProviderDeadline">The same for the provider.</param>
/// <param name="IsTenantReady">True once the tenant says that the manifest is with the provider.</param>
/// <param name="WorkloadDigest">What runs, as the provider says; zero before it acknowledged.</param>
/// <param name="EndpointHash">Where it runs; zero before.</param>
/// <param name="SettledAt">Up to here the bucket has paid.</param>
/// <param name="Bucket">The tenant's; pays for the time to come.</param>
/// <param name="Pending">Earned in the epoch that is not closed yet.</param>
/// <param name="Claimable">The provider's, to withdraw.</param>
/// <param name="Collateral">Part of the provider's locked stake; not held here.</param>
/// <param name="TenantDeposit">Answers for the tenant's start; returned at the start.</param>
/// <param name="ProviderDeposit">Answers for the provider's start; returned at the start.</param>
/// <param name="StorageDeposit">The tenant's, returned when the record goes.</param>
/// <param name="DueTotal">Everything that was ever due.</param>
/// <param name="FeeTotal">Market fees that were ever taken; nobody gets them back.</param>
/// <param name="HasHiddenReview">True while one side's review waits for the other's, or for the end of the window.</param>
public sealed record Lease(
    ulong Id,
    ulong OrderId,
    Address Tenant,
    Address Provider,
    LeaseTerms Terms,
    LeaseState State,
    CloseReason Reason,
    MarketTime StateUntil,
    MarketTime CreatedAt,
    MarketTime TenantDeadline,
    MarketTime ProviderDeadline,
    bool IsTenantReady,
    Hash256 WorkloadDigest,
    Hash256 EndpointHash,
    MarketTime StartedAt,
    MarketTime SettledAt,
    MarketTime NoticeAt,
    MarketTime ClosedAt,
    ulong Bucket,
    ulong Pending,
    ulong Claimable,
    ulong Collateral,
    ulong TenantDeposit,
    ulong ProviderDeposit,
    ulong StorageDeposit,
    ulong DueTotal,
    ulong FeeTotal,
    bool HasHiddenReview)
{
    private const int CodecVersion = 4;
    private const int Arity = 33 + LeaseTerms.FieldCount;

    /// <summary>The case that is open about it; 0 for none. It is not final before that ends.</summary>
    public ulong CaseId { get; init; }

    /// <summary>The part of <see cref="Claimable"/> that the case holds back.</summary>
    public ulong Contested { get; init; }

    /// <summary>What the provider's case holds back of the tenant's credits; they were taken out of the bucket.</summary>
    public ulong Frozen { get; init; }

    /// <summary>What came back to the bucket for missed service, of everything that was due.</summary>
    public ulong CreditTotal { get; init; }

    /// <summary>True when its order renewed itself as it was made: whatever moves it brings them to time together.</summary>
    public bool IsOfStandingOrder { get; init; }

    /// <summary>True while the bucket pays for each second.</summary>
    public bool IsPaying => State is LeaseState.Active or LeaseState.Notice;

    /// <summary>True before its end, whether it pays, waits for its start or for credits.</summary>
    public bool IsLive => IsPaying || State is LeaseState.Pending or LeaseState.Starved;

    public bool IsProviderReady => !WorkloadDigest.IsZero;

    /// <summary>Seconds from its start to a time; 0 for one that never started.</summary>
    public ulong RanFor(MarketTime until) =>
        StartedAt == default || until < StartedAt ? 0 : until.Seconds - StartedAt.Seconds;

    /// <summary>The first second that the bucket does not pay for.</summary>
    public MarketTime PaidUntil => LeaseMath.PaidUntil(SettledAt, Bucket, Terms.RatePerSecond);

    /// <summary>When the clock alone changes this lease next.</summary>
    public MarketTime Due => State switch
    {
        LeaseState.Pending => IsTenantReady ? ProviderDeadline : TenantDeadline,
        LeaseState.Active => Earlier(PaidUntil, NextEpoch),
        LeaseState.Notice => Earlier(Earlier(PaidUntil, NextEpoch), StateUntil),
        LeaseState.Starved => Pending > 0 ? Earlier(StateUntil, NextEpoch) : StateUntil,
        LeaseState.Closed when CaseId != 0 => HasHiddenReview ? ReviewUntil : new MarketTime(ulong.MaxValue),
        _ => HasHiddenReview ? Earlier(StateUntil, ReviewUntil) : StateUntil,
    };

    /// <summary>The first second that is too late for a review of a closed lease.</summary>
    public MarketTime ReviewUntil => ClosedAt + Terms.ReviewSeconds;

    /// <summary>Credits that this record holds. The collateral is part of the provider's stake and not counted here.</summary>
    public Int128 Held =>
        (Int128)Bucket + Frozen + Pending + Claimable + TenantDeposit + ProviderDeposit + StorageDeposit;

    private MarketTime NextEpoch => LeaseMath.NextEpoch(SettledAt, Terms.EpochSeconds);

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(Id).UInt(OrderId).Bin(Tenant).Bin(Provider);
        Terms.Write(ref writer);
        writer.UInt((byte)State).UInt((byte)Reason).UInt(StateUntil.Seconds).UInt(CreatedAt.Seconds);
        writer.UInt(TenantDeadline.Seconds).UInt(ProviderDeadline.Seconds).Bool(IsTenantReady);
        writer.Bin(WorkloadDigest).Bin(EndpointHash);
        writer.UInt(StartedAt.Seconds).UInt(SettledAt.Seconds).UInt(NoticeAt.Seconds).UInt(ClosedAt.Seconds);
        writer.UInt(Bucket).UInt(Pending).UInt(Claimable).UInt(Collateral);
        writer.UInt(TenantDeposit).UInt(ProviderDeposit).UInt(StorageDeposit).UInt(DueTotal).UInt(FeeTotal).Bool(HasHiddenReview);
        writer.UInt(CaseId).UInt(Contested).UInt(Frozen).UInt(CreditTotal).Bool(IsOfStandingOrder);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Lease lease, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        lease = new Lease(
            reader.UInt(),
            reader.UInt(),
            reader.Address(),
            reader.Address(),
            LeaseTerms.Read(ref reader),
            (LeaseState)reader.UInt8((byte)LeaseState.NoShowTenant),
            (CloseReason)reader.UInt8((byte)CloseReason.Faulted),
            Time(ref reader),
            Time(ref reader),
            Time(ref reader),
            Time(ref reader),
            reader.Bool(),
            reader.Hash256(),
            reader.Hash256(),
            Time(ref reader),
            Time(ref reader),
            Time(ref reader),
            Time(ref reader),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.Bool())
        {
            CaseId = reader.UInt(),
            Contested = reader.UInt(),
            Frozen = reader.UInt(),
            CreditTotal = reader.UInt(),
            IsOfStandingOrder = reader.Bool(),
        };
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static MarketTime Time(ref MessagePackReader reader) => new(reader.UInt());

    private static MarketTime Earlier(MarketTime left, MarketTime right) => left < right ? left : right;
}
