using System;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Objects;

/// <summary>Chain parameters, part of the state: one value for each <see cref="ParameterId"/>. Immutable.</summary>
/// <remarks>This file is longer than most for having one line for each parameter; there is no logic in those lines.</remarks>
public sealed class Parameters : IEquatable<Parameters>
{
    private const int CodecVersion = 1;

    private readonly ulong[] _values;

    private Parameters(ulong[] values) => _values = values;

    public static Parameters Default { get; } = Build(devnet: false);

    public static Parameters Devnet { get; } = Build(devnet: true);

    public ulong this[ParameterId id] => _values[(int)id];

    /// <summary>Time between blocks that carry nothing.</summary>
    public ulong EmptyBlockIntervalMs => this[ParameterId.EmptyBlockIntervalMs];

    /// <summary>Least time between two blocks.</summary>
    public ulong MinBlockIntervalMs => this[ParameterId.MinBlockIntervalMs];

    /// <summary>Wait for a proposal in round 0.</summary>
    public ulong ProposeMs => this[ParameterId.ProposeMs];

    /// <summary>What each round adds to it.</summary>
    public ulong ProposeDeltaMs => this[ParameterId.ProposeDeltaMs];

    /// <summary>Wait after 2/3 of any prevotes in round 0.</summary>
    public ulong PrevoteMs => this[ParameterId.PrevoteMs];

    /// <summary>What each round adds to it.</summary>
    public ulong PrevoteDeltaMs => this[ParameterId.PrevoteDeltaMs];

    /// <summary>Wait after 2/3 of any precommits in round 0.</summary>
    public ulong PrecommitMs => this[ParameterId.PrecommitMs];

    /// <summary>What each round adds to it.</summary>
    public ulong PrecommitDeltaMs => this[ParameterId.PrecommitDeltaMs];

    /// <summary>How far validators' clocks may differ (proposer-based timestamps).</summary>
    public ulong PrecisionMs => this[ParameterId.PrecisionMs];

    /// <summary>Longest travel of a proposal (proposer-based timestamps).</summary>
    public ulong MessageDelayMs => this[ParameterId.MessageDelayMs];

    /// <summary>Bytes of a block.</summary>
    public ulong BlockBytesMax => this[ParameterId.BlockBytesMax];

    /// <summary>Work units of a block's transactions.</summary>
    public ulong BlockWorkMax => this[ParameterId.BlockWorkMax];

    /// <summary>Bytes of a signed transaction.</summary>
    public ulong TransactionBytesMax => this[ParameterId.TransactionBytesMax];

    /// <summary>Messages in one transaction.</summary>
    public ulong MessagesPerTransactionMax => this[ParameterId.MessagesPerTransactionMax];

    /// <summary>Age of evidence, in blocks.</summary>
    public ulong EvidenceBlocksMax => this[ParameterId.EvidenceBlocksMax];

    /// <summary>Age of evidence, in seconds (nanoseconds in the genesis file).</summary>
    public ulong EvidenceSecondsMax => this[ParameterId.EvidenceSecondsMax];

    /// <summary>Bytes of evidence in one block.</summary>
    public ulong EvidenceBytesMax => this[ParameterId.EvidenceBytesMax];

    /// <summary>How long a light client may trust a header; below the unbonding time.</summary>
    public ulong TrustingSeconds => this[ParameterId.TrustingSeconds];

    /// <summary>Longest step of the market clock between two blocks; what is beyond is an outage.</summary>
    public ulong GapMaxSeconds => this[ParameterId.GapMaxSeconds];

    /// <summary>Length of a service-level epoch.</summary>
    public ulong EpochSeconds => this[ParameterId.EpochSeconds];

    /// <summary>Work units of timed moves in one block; the rest is carried over.</summary>
    public ulong TimedWorkMax => this[ParameterId.TimedWorkMax];

    /// <summary>Least base fee, ncredit per work unit.</summary>
    public ulong BaseFeeFloor => this[ParameterId.BaseFeeFloor];

    /// <summary>Work per second above which the base fee rises.</summary>
    public ulong WorkTargetPerSecond => this[ParameterId.WorkTargetPerSecond];

    /// <summary>Work in excess of the target that multiplies the base fee by e.</summary>
    public ulong BaseFeeResponse => this[ParameterId.BaseFeeResponse];

    /// <summary>Roles that need an accreditation, as a sum: provider 1, auditor 2, prober 4, juror 8.</summary>
    public ulong RolesByGrant => this[ParameterId.RolesByGrant];

    /// <summary>Least stake of a provider, ncredit.</summary>
    public ulong StakeMinProvider => this[ParameterId.StakeMinProvider];

    /// <summary>Least stake of an auditor, ncredit.</summary>
    public ulong StakeMinAuditor => this[ParameterId.StakeMinAuditor];

    /// <summary>Least stake of a prober, ncredit.</summary>
    public ulong StakeMinProber => this[ParameterId.StakeMinProber];

    /// <summary>Least stake of a juror, ncredit.</summary>
    public ulong StakeMinJuror => this[ParameterId.StakeMinJuror];

    /// <summary>From unbonding to claim.</summary>
    public ulong UnbondingSeconds => this[ParameterId.UnbondingSeconds];

    /// <summary>Voting power of each seat; 0 keeps the power that the seat was given.</summary>
    public ulong PowerPerSeat => this[ParameterId.PowerPerSeat];

    /// <summary>Longest life of an open order.</summary>
    public ulong OrderExpirySecondsMax => this[ParameterId.OrderExpirySecondsMax];

    /// <summary>Least time that an order's escrow pays for.</summary>
    public ulong OrderSecondsMin => this[ParameterId.OrderSecondsMin];

    /// <summary>Least deposit of an order, ncredit.</summary>
    public ulong OrderDepositMin => this[ParameterId.OrderDepositMin];

    /// <summary>Share of the deposit lost by cancelling after the first bid, basis points.</summary>
    public ulong OrderCancelFeeBps => this[ParameterId.OrderCancelFeeBps];

    /// <summary>Live bids on one order.</summary>
    public ulong BidCap => this[ParameterId.BidCap];

    /// <summary>Least deposit of a bid, ncredit.</summary>
    public ulong BidDepositMin => this[ParameterId.BidDepositMin];

    /// <summary>Provider's time to start a lease, after the tenant's time.</summary>
    public ulong StartProviderSeconds => this[ParameterId.StartProviderSeconds];

    /// <summary>Tenant's time to acknowledge that the provider has the manifest.</summary>
    public ulong StartTenantSeconds => this[ParameterId.StartTenantSeconds];

    /// <summary>Time that a new lease's bucket pays for.</summary>
    public ulong PrepaidSeconds => this[ParameterId.PrepaidSeconds];

    /// <summary>How long a lease without credits waits for a deposit.</summary>
    public ulong GraceSeconds => this[ParameterId.GraceSeconds];

    /// <summary>Time that must stay paid when a tenant withdraws.</summary>
    public ulong LockupSeconds => this[ParameterId.LockupSeconds];

    /// <summary>Shortest notice.</summary>
    public ulong NoticeSecondsMin => this[ParameterId.NoticeSecondsMin];

    /// <summary>Longest notice.</summary>
    public ulong NoticeSecondsMax => this[ParameterId.NoticeSecondsMax];

    /// <summary>Least collateral of a lease, ncredit.</summary>
    public ulong CollateralMin => this[ParameterId.CollateralMin];

    /// <summary>Time at the lease's rate that its collateral covers.</summary>
    public ulong CollateralSeconds => this[ParameterId.CollateralSeconds];

    /// <summary>Share of the rest of the minimum term that an early tenant pays, basis points.</summary>
    public ulong EarlyExitBps => this[ParameterId.EarlyExitBps];

    /// <summary>Share of settled pay that goes to the pools, basis points.</summary>
    public ulong MarketFeeBps => this[ParameterId.MarketFeeBps];

    /// <summary>Probes below which an epoch is not judged.</summary>
    public ulong AvailabilityProbesMin => this[ParameterId.AvailabilityProbesMin];

    /// <summary>Share of bad leases above which an epoch counts for nobody, basis points.</summary>
    public ulong EpochVoidBps => this[ParameterId.EpochVoidBps];

    /// <summary>From the close of a lease to its end; a dispute may be opened.</summary>
    public ulong DisputeSeconds => this[ParameterId.DisputeSeconds];

    /// <summary>From the close of a lease; reviews may be written.</summary>
    public ulong ReviewSeconds => this[ParameterId.ReviewSeconds];

    /// <summary>Largest weight of a review, ncredit of fees.</summary>
    public ulong ReviewWeightCap => this[ParameterId.ReviewWeightCap];

    /// <summary>Longest life of an attestation.</summary>
    public ulong AttestationSecondsMax => this[ParameterId.AttestationSecondsMax];

    /// <summary>From an attestation to its validity; it may be challenged.</summary>
    public ulong AttestationChallengeSeconds => this[ParameterId.AttestationChallengeSeconds];

    /// <summary>Least bond of an attestation, ncredit.</summary>
    public ulong AttestationBondMin => this[ParameterId.AttestationBondMin];

    /// <summary>Reveals by distinct validators after a deadline before a draw.</summary>
    public ulong BeaconDelayReveals => this[ParameterId.BeaconDelayReveals];

    /// <summary>Jurors in the first round.</summary>
    public ulong JurySizeFirst => this[ParameterId.JurySizeFirst];

    /// <summary>Jurors in the second round.</summary>
    public ulong JurySizeSecond => this[ParameterId.JurySizeSecond];

    /// <summary>Jurors in the third round.</summary>
    public ulong JurySizeThird => this[ParameterId.JurySizeThird];

    /// <summary>Share of a juror's stake at risk in a case, basis points.</summary>
    public ulong JurorAlphaBps => this[ParameterId.JurorAlphaBps];

    /// <summary>Time lock of a parameter change.</summary>
    public ulong ParameterLockSeconds => this[ParameterId.ParameterLockSeconds];

    /// <summary>Time lock of a feature flag.</summary>
    public ulong FlagLockSeconds => this[ParameterId.FlagLockSeconds];

    /// <summary>Time lock of an upgrade.</summary>
    public ulong UpgradeLockSeconds => this[ParameterId.UpgradeLockSeconds];

    /// <summary>Longest life of a circuit breaker.</summary>
    public ulong BreakerSecondsMax => this[ParameterId.BreakerSecondsMax];

    /// <summary>1 on development networks: windows may be shorter than 4 x (message delay + precision).</summary>
    public ulong ShortWindows => this[ParameterId.ShortWindows];

    /// <summary>Held for each order, bid and lease and returned when its record goes, ncredit.</summary>
    public ulong StorageDeposit => this[ParameterId.StorageDeposit];

    /// <summary>How long the record of an ended order or lease is kept.</summary>
    public ulong PruneSeconds => this[ParameterId.PruneSeconds];

    public ulong StakeMin(Role role) => role switch
    {
        Role.Provider => StakeMinProvider,
        Role.Auditor => StakeMinAuditor,
        Role.Prober => StakeMinProber,
        _ => StakeMinJuror,
    };

    /// <summary>True when the role needs an accreditation.</summary>
    public bool IsByGrant(Role role) => (RolesByGrant & (1UL << ((int)role - 1))) != 0;

    public Parameters With(ParameterId id, ulong value)
    {
        ulong[] values = [.. _values];
        values[(int)id] = value;
        return new Parameters(values);
    }

    /// <summary>One value for each parameter, in the order of their ids.</summary>
    public static Parameters From(ReadOnlySpan<ulong> values)
    {
        Invariant.Holds(values.Length == ParameterTable.Entries.Count, "each parameter has a value");
        return new Parameters(values.ToArray());
    }

    public static Parameters Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.Parameters));
        Invariant.Holds(bytes is not null, "the state holds the parameters");
        bool isCanonical = TryDecode(bytes, out Parameters parameters, out _);
        Invariant.Holds(isCanonical, "the stored parameters are canonical");
        return parameters;
    }

    public static void Store(StateOverlay state, Parameters parameters) =>
        state.Put(StoreId.Meta, Schema.Key(Schema.Parameters), parameters.Encode());

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(_values.Length);
        foreach (ulong value in _values) writer.UInt(value);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Parameters parameters, out DecodeError error)
    {
        ulong[] values = new ulong[ParameterTable.Entries.Count];
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        reader.Array(values.Length);
        for (int i = 0; i < values.Length; i++) values[i] = reader.UInt();
        reader.EndArray();
        reader.EndArray();
        parameters = new Parameters(values);
        return reader.TryFinish(out error);
    }

    public bool Equals(Parameters? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as Parameters);

    public override int GetHashCode() => unchecked((int)_values[0]);

    private static Parameters Build(bool devnet)
    {
        ulong[] values = new ulong[ParameterTable.Entries.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ParameterEntry entry = ParameterTable.Entries[i];
            Invariant.Holds((int)entry.Id == i, "the parameter table follows its ids");
            values[i] = devnet ? entry.Devnet : entry.Default;
        }
        return new Parameters(values);
    }
}
