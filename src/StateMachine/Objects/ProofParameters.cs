using System.Collections.Generic;

namespace Chain.StateMachine.Objects;

/// <summary>The part of the parameter table that is about capacity proofs, attestation tiers and slashes.</summary>
internal static class ProofParameters
{
    private const ulong Amount = ulong.MaxValue;

    /// <summary>More nonces than this would not fit where they are stored and sent (<see cref="Proof.Capacity.CapacityLimits"/>).</summary>
    private const ulong NoncesMax = Proof.Capacity.CapacityLimits.NoncesPerUnitMax;

    public static IReadOnlyList<ParameterEntry> Entries { get; } =
    [
        new(ParameterId.CapacityPeriodSeconds, "capacity_period_seconds", 86_400, 20, 1, 10_000_000,
            "Epoch in which each unit of capacity is challenged once."),
        new(ParameterId.CapacityWindowSeconds, "capacity_window_seconds", 120, 10, 1, 10_000_000,
            "Time to prove capacity once the challenge is drawn."),
        new(ParameterId.CapacityUnitCpuMilli, "capacity_unit_cpu_milli", 1000, 0, 0, 1_000_000_000,
            "Thousandths of a core that one capacity proof stands for; 0 needs no proof.", 1000),
        new(ParameterId.CapacityUnitMemoryMib, "capacity_unit_memory_mib", 0, 0, 0, 1_000_000_000,
            "MiB of memory that one capacity proof stands for; 0 needs no proof.", 4096),
        new(ParameterId.CapacityUnitStorageGib, "capacity_unit_storage_gib", 0, 0, 0, 1_000_000_000,
            "GiB of storage that one capacity proof stands for; 0 needs no proof.", 1000),
        new(ParameterId.CapacityUnitGpu, "capacity_unit_gpu", 0, 0, 0, 1_000_000,
            "Graphics processors that one capacity proof stands for; 0 needs no proof."),
        new(ParameterId.CapacityDifficulty, "capacity_difficulty", 15_000_000, 16, 1, 1_000_000_000_000,
            "Hashes that one nonce of a capacity proof takes on average."),
        new(ParameterId.CapacityNoncesMin, "capacity_nonces_min", 4, 2, 1, NoncesMax,
            "Least nonces that prove a unit."),
        new(ParameterId.CapacityNoncesMax, "capacity_nonces_max", 8, 5, 1, NoncesMax,
            "Most nonces that are taken for a unit."),
        new(ParameterId.CapacityUnitStake, "capacity_unit_stake", 1_000_000_000, 1_000_000_000, 0, Amount,
            "Stake that answers for one unit of capacity, ncredit."),
        new(ParameterId.CapacitySlashBps, "capacity_slash_bps", 100, 100, 0, 10_000,
            "Share of a unit's stake lost when it is not proven, basis points.", 100),
        new(ParameterId.CapacityFailsMax, "capacity_fails_max", 10, 10, 1, 1_000,
            "Fails for each unit, since all were last proven, that jail a provider."),
        new(ParameterId.CapacityNewcomerUnits, "capacity_newcomer_units", 1, 1, 0, 1_000,
            "Units of each class that a provider may promise before its first capacity proof was due."),
        new(ParameterId.SlashEpochCapBps, "slash_epoch_cap_bps", 2000, 2000, 0, 10_000,
            "Most of a stake that slashes other than for double-signed blocks take in one epoch, basis points.", 100),
        new(ParameterId.AttestationNonceSeconds, "attestation_nonce_seconds", 3600, 20, 1, 10_000_000,
            "How long a challenge of the beacon may be answered by an attestation."),
        new(ParameterId.AttestationNonceSchemas, "attestation_nonce_schemas", 13, 0, 0, 511,
            "Schemas whose attestations need a challenge of the beacon, bit mask: hardware 1, benchmark 4, tee_quote 8.", 511),
        new(ParameterId.CollateralTier0Bps, "collateral_tier_0_bps", 10_000, 10_000, 0, 100_000,
            "Collateral of a provider without a tier, basis points of the plain one.", 500),
        new(ParameterId.CollateralTier1Bps, "collateral_tier_1_bps", 9000, 9000, 0, 100_000,
            "Collateral of a provider of tier 1, basis points of the plain one.", 500),
        new(ParameterId.CollateralTier2Bps, "collateral_tier_2_bps", 8000, 8000, 0, 100_000,
            "Collateral of a provider of tier 2, basis points of the plain one.", 500),
        new(ParameterId.CollateralTier3Bps, "collateral_tier_3_bps", 7000, 7000, 0, 100_000,
            "Collateral of a provider of tier 3, basis points of the plain one.", 500),
        new(ParameterId.CollateralTier4Bps, "collateral_tier_4_bps", 6000, 6000, 0, 100_000,
            "Collateral of a provider of tier 4, basis points of the plain one.", 500),
    ];
}
