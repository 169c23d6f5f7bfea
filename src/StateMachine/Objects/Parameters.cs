using System;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Objects;

/// <summary>Chain parameters, part of the state: one value for each <see cref="ParameterId"/>. Immutable.</summary>
public sealed class Parameters : IEquatable<Parameters>
{
    private const int CodecVersion = 1;

    private readonly ulong[] _values;

    private Parameters(ulong[] values) => _values = values;

    public static Parameters Default { get; } = Build(devnet: false);

    public static Parameters Devnet { get; } = Build(devnet: true);

    public ulong this[ParameterId id] => _values[ParameterTable.PlaceOf(id)];

    // What each means stands in ParameterTable.
    public ulong EmptyBlockIntervalMs => this[ParameterId.EmptyBlockIntervalMs];
    public ulong MinBlockIntervalMs => this[ParameterId.MinBlockIntervalMs];
    public ulong ProposeMs => this[ParameterId.ProposeMs];
    public ulong ProposeDeltaMs => this[ParameterId.ProposeDeltaMs];
    public ulong PrevoteMs => this[ParameterId.PrevoteMs];
    public ulong PrevoteDeltaMs => this[ParameterId.PrevoteDeltaMs];
    public ulong PrecommitMs => this[ParameterId.PrecommitMs];
    public ulong PrecommitDeltaMs => this[ParameterId.PrecommitDeltaMs];
    public ulong PrecisionMs => this[ParameterId.PrecisionMs];
    public ulong MessageDelayMs => this[ParameterId.MessageDelayMs];
    public ulong BlockBytesMax => this[ParameterId.BlockBytesMax];
    public ulong BlockWorkMax => this[ParameterId.BlockWorkMax];
    public ulong TransactionBytesMax => this[ParameterId.TransactionBytesMax];
    public ulong MessagesPerTransactionMax => this[ParameterId.MessagesPerTransactionMax];
    public ulong EvidenceBlocksMax => this[ParameterId.EvidenceBlocksMax];
    public ulong EvidenceSecondsMax => this[ParameterId.EvidenceSecondsMax];
    public ulong EvidenceBytesMax => this[ParameterId.EvidenceBytesMax];
    public ulong TrustingSeconds => this[ParameterId.TrustingSeconds];
    public ulong GapMaxSeconds => this[ParameterId.GapMaxSeconds];
    public ulong EpochSeconds => this[ParameterId.EpochSeconds];
    public ulong TimedWorkMax => this[ParameterId.TimedWorkMax];
    public ulong BaseFeeFloor => this[ParameterId.BaseFeeFloor];
    public ulong WorkTargetPerSecond => this[ParameterId.WorkTargetPerSecond];
    public ulong BaseFeeResponse => this[ParameterId.BaseFeeResponse];
    public ulong RolesByGrant => this[ParameterId.RolesByGrant];
    public ulong StakeMinProvider => this[ParameterId.StakeMinProvider];
    public ulong StakeMinAuditor => this[ParameterId.StakeMinAuditor];
    public ulong StakeMinProber => this[ParameterId.StakeMinProber];
    public ulong StakeMinJuror => this[ParameterId.StakeMinJuror];
    public ulong UnbondingSeconds => this[ParameterId.UnbondingSeconds];
    public ulong PowerPerSeat => this[ParameterId.PowerPerSeat];
    public ulong OrderExpirySecondsMax => this[ParameterId.OrderExpirySecondsMax];
    public ulong OrderSecondsMin => this[ParameterId.OrderSecondsMin];
    public ulong OrderDepositMin => this[ParameterId.OrderDepositMin];
    public ulong OrderCancelFeeBps => this[ParameterId.OrderCancelFeeBps];
    public ulong BidCap => this[ParameterId.BidCap];
    public ulong BidDepositMin => this[ParameterId.BidDepositMin];
    public ulong StartProviderSeconds => this[ParameterId.StartProviderSeconds];
    public ulong StartTenantSeconds => this[ParameterId.StartTenantSeconds];
    public ulong PrepaidSeconds => this[ParameterId.PrepaidSeconds];
    public ulong GraceSeconds => this[ParameterId.GraceSeconds];
    public ulong LockupSeconds => this[ParameterId.LockupSeconds];
    public ulong NoticeSecondsMin => this[ParameterId.NoticeSecondsMin];
    public ulong NoticeSecondsMax => this[ParameterId.NoticeSecondsMax];
    public ulong CollateralMin => this[ParameterId.CollateralMin];
    public ulong CollateralSeconds => this[ParameterId.CollateralSeconds];
    public ulong EarlyExitBps => this[ParameterId.EarlyExitBps];
    public ulong MarketFeeBps => this[ParameterId.MarketFeeBps];
    public ulong AvailabilityProbesMin => this[ParameterId.AvailabilityProbesMin];
    public ulong EpochVoidBps => this[ParameterId.EpochVoidBps];
    public ulong DisputeSeconds => this[ParameterId.DisputeSeconds];
    public ulong ReviewSeconds => this[ParameterId.ReviewSeconds];
    public ulong ReviewWeightCap => this[ParameterId.ReviewWeightCap];
    public ulong AttestationSecondsMax => this[ParameterId.AttestationSecondsMax];
    public ulong AttestationChallengeSeconds => this[ParameterId.AttestationChallengeSeconds];
    public ulong AttestationBondMin => this[ParameterId.AttestationBondMin];
    public ulong BeaconDelayReveals => this[ParameterId.BeaconDelayReveals];
    public ulong JurySizeFirst => this[ParameterId.JurySizeFirst];
    public ulong JurySizeSecond => this[ParameterId.JurySizeSecond];
    public ulong JurySizeThird => this[ParameterId.JurySizeThird];
    public ulong JurorAlphaBps => this[ParameterId.JurorAlphaBps];
    public ulong ParameterLockSeconds => this[ParameterId.ParameterLockSeconds];
    public ulong FlagLockSeconds => this[ParameterId.FlagLockSeconds];
    public ulong UpgradeLockSeconds => this[ParameterId.UpgradeLockSeconds];
    public ulong BreakerSecondsMax => this[ParameterId.BreakerSecondsMax];
    public ulong ShortWindows => this[ParameterId.ShortWindows];
    public ulong StorageDeposit => this[ParameterId.StorageDeposit];
    public ulong PruneSeconds => this[ParameterId.PruneSeconds];
    public ulong EquivocationSlashBps => this[ParameterId.EquivocationSlashBps];
    public ulong SeatPowerMax => this[ParameterId.SeatPowerMax];
    public ulong AdmissionSeconds => this[ParameterId.AdmissionSeconds];
    public ulong JailSeconds => this[ParameterId.JailSeconds];
    public ulong ProposalDepositMin => this[ParameterId.ProposalDepositMin];
    public ulong PanelSeconds => this[ParameterId.PanelSeconds];
    public ulong VotingSeconds => this[ParameterId.VotingSeconds];

    public ulong RevealSeconds => this[ParameterId.RevealSeconds];

    public ulong ReputationDecayPpm => this[ParameterId.ReputationDecayPpm];

    public ulong ReputationFeeUnit => this[ParameterId.ReputationFeeUnit];

    public ulong DisputeAnswerSeconds => this[ParameterId.DisputeAnswerSeconds];

    public ulong JuryCommitSeconds => this[ParameterId.JuryCommitSeconds];

    public ulong JuryRevealSeconds => this[ParameterId.JuryRevealSeconds];

    public ulong AppealSeconds => this[ParameterId.AppealSeconds];

    public ulong DisputeBondBps => this[ParameterId.DisputeBondBps];

    public ulong DisputeBondMin => this[ParameterId.DisputeBondMin];

    public ulong JurorFee => this[ParameterId.JurorFee];

    public ulong JurorCoherenceBps => this[ParameterId.JurorCoherenceBps];

    public ulong ReporterShareBps => this[ParameterId.ReporterShareBps];

    public ulong ReporterRewardMax => this[ParameterId.ReporterRewardMax];

    public ulong FaultSlashBps => this[ParameterId.FaultSlashBps];

    public ulong ReportMaturitySeconds => this[ParameterId.ReportMaturitySeconds];

    public ulong ProbersPerLease => this[ParameterId.ProbersPerLease];

    public ulong ProbeBps => this[ParameterId.ProbeBps];

    public ulong AvailabilityTargetBps => this[ParameterId.AvailabilityTargetBps];

    public ulong StorageChallenges => this[ParameterId.StorageChallenges];

    public ulong ProvingPeriodSeconds => this[ParameterId.ProvingPeriodSeconds];

    public ulong ProvingWindowSeconds => this[ParameterId.ProvingWindowSeconds];

    public ulong ProofFaultsMax => this[ParameterId.ProofFaultsMax];

    public ulong TaskCommitSeconds => this[ParameterId.TaskCommitSeconds];

    public ulong TaskRevealSeconds => this[ParameterId.TaskRevealSeconds];

    public ulong TaskRoundsMax => this[ParameterId.TaskRoundsMax];

    public ulong ProbationEpochs => this[ParameterId.ProbationEpochs];

    public ulong ProbationLeasesMax => this[ParameterId.ProbationLeasesMax];

    public ulong CapacityPeriodSeconds => this[ParameterId.CapacityPeriodSeconds];
    public ulong CapacityWindowSeconds => this[ParameterId.CapacityWindowSeconds];
    public ulong CapacityDifficulty => this[ParameterId.CapacityDifficulty];
    public ulong CapacityNoncesMin => this[ParameterId.CapacityNoncesMin];
    public ulong CapacityNoncesMax => this[ParameterId.CapacityNoncesMax];
    public ulong CapacityUnitStake => this[ParameterId.CapacityUnitStake];
    public ulong CapacitySlashBps => this[ParameterId.CapacitySlashBps];
    public ulong CapacityFailsMax => this[ParameterId.CapacityFailsMax];
    public ulong CapacityNewcomerUnits => this[ParameterId.CapacityNewcomerUnits];
    public ulong SlashEpochCapBps => this[ParameterId.SlashEpochCapBps];
    public ulong AttestationNonceSeconds => this[ParameterId.AttestationNonceSeconds];
    public ulong AuditFeeMin => this[ParameterId.AuditFeeMin];
    public ulong AuditSeconds => this[ParameterId.AuditSeconds];
    public ulong ReauditBps => this[ParameterId.ReauditBps];

    /// <summary>Resource units of a class that one proof of capacity stands for; 0 where the class needs none.</summary>
    public ulong CapacityUnit(ResourceClass resource) => resource switch
    {
        ResourceClass.CpuMilli => this[ParameterId.CapacityUnitCpuMilli],
        ResourceClass.MemoryMib => this[ParameterId.CapacityUnitMemoryMib],
        ResourceClass.StorageGib => this[ParameterId.CapacityUnitStorageGib],
        _ => this[ParameterId.CapacityUnitGpu],
    };

    /// <summary>What a provider of a tier locks of the plain collateral, basis points.</summary>
    public ulong CollateralTierBps(byte tier) => this[ParameterId.CollateralTier0Bps + tier];

    /// <summary>True when attestations of the schema need a nonce from the beacon.</summary>
    public bool NeedsChallenge(AttestationSchema schema) =>
        (this[ParameterId.AttestationNonceSchemas] & (1UL << ((int)schema - 1))) != 0;

    public ulong SlaBasicBps => this[ParameterId.SlaBasicBps];
    public ulong SlaHighBps => this[ParameterId.SlaHighBps];
    public ulong ProbationRateMax => this[ParameterId.ProbationRateMax];
    public ulong MaintenanceLeadSeconds => this[ParameterId.MaintenanceLeadSeconds];
    public ulong MaintenancePeriodSeconds => this[ParameterId.MaintenancePeriodSeconds];
    public ulong MaintenanceSecondsMax => this[ParameterId.MaintenanceSecondsMax];
    public ulong SnapshotEpochs => this[ParameterId.SnapshotEpochs];
    public ulong CountedSecondsMin => this[ParameterId.CountedSecondsMin];
    public ulong RebateFloorBps => this[ParameterId.RebateFloorBps];
    public ulong RebateEarningsMax => this[ParameterId.RebateEarningsMax];
    public ulong RebateShareBps => this[ParameterId.RebateShareBps];
    public ulong PriceTargetBps => this[ParameterId.PriceTargetBps];
    public ulong PriceGainBps => this[ParameterId.PriceGainBps];
    public ulong PriceStepBps => this[ParameterId.PriceStepBps];
    public ulong PriceCpuMin => this[ParameterId.PriceCpuMin];
    public ulong PriceCpuMax => this[ParameterId.PriceCpuMax];
    public ulong PriceMemoryMin => this[ParameterId.PriceMemoryMin];
    public ulong PriceMemoryMax => this[ParameterId.PriceMemoryMax];
    public ulong PriceStorageMin => this[ParameterId.PriceStorageMin];
    public ulong PriceStorageMax => this[ParameterId.PriceStorageMax];
    public ulong PriceGpuMin => this[ParameterId.PriceGpuMin];
    public ulong PriceGpuMax => this[ParameterId.PriceGpuMax];
    public ulong VoteStakeMax => this[ParameterId.VoteStakeMax];

    /// <summary>The availability that a class promises, basis points.</summary>
    public ulong SlaTargetBps(SlaClass sla) => sla switch
    {
        SlaClass.Basic => SlaBasicBps,
        SlaClass.High => SlaHighBps,
        _ => AvailabilityTargetBps,
    };

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
        values[ParameterTable.PlaceOf(id)] = value;
        return new Parameters(values);
    }

    /// <summary>One value for each parameter, in the order of the table.</summary>
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
            values[i] = devnet ? entry.Devnet : entry.Default;
        }
        return new Parameters(values);
    }
}
