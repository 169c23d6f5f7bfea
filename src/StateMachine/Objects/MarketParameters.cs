using System.Collections.Generic;

namespace Chain.StateMachine.Objects;

/// <summary>The part of <see cref="ParameterTable"/> about service classes, upkeep of providers, rebates, curve prices, votes by stake and audits.</summary>
internal static class MarketParameters
{
    private const ulong Amount = ulong.MaxValue;

    public static IReadOnlyList<ParameterEntry> Entries { get; } =
    [
        new(ParameterId.SlaBasicBps, "sla_basic_bps", 9000, 9000, 0, 10_000,
            "Availability that the basic class promises, basis points.", 100),
        new(ParameterId.SlaHighBps, "sla_high_bps", 9990, 9990, 0, 10_000,
            "Availability that the high class promises, basis points; that of the standard class is availability_target_bps.", 100),
        new(ParameterId.ProbationRateMax, "probation_rate_max", 10_000_000, 1_000_000_000, 1, Amount,
            "Highest rate of a lease of a provider in probation, ncredit per second."),
        new(ParameterId.MaintenanceLeadSeconds, "maintenance_lead_seconds", 3600, 10, 1, 100_000_000,
            "How long before its start maintenance must be announced; at least an epoch."),
        new(ParameterId.MaintenancePeriodSeconds, "maintenance_period_seconds", 2_592_000, 300, 1, 100_000_000,
            "Period that has one allowance of maintenance."),
        new(ParameterId.MaintenanceSecondsMax, "maintenance_seconds_max", 14_400, 60, 0, 100_000_000,
            "Maintenance of one provider in a period; each epoch that it touches counts whole.", 1200),
        new(ParameterId.SnapshotEpochs, "snapshot_epochs", 72, 0, 0, 100_000,
            "Epochs in which each provider posts a snapshot of its capacity once, or is suspended; 0 asks for none.", 0),
        new(ParameterId.CountedSecondsMin, "counted_seconds_min", 3600, 1, 0, 100_000_000,
            "Time that a lease must have run to count for reputations and reviews.", 60),
        new(ParameterId.RebateFloorBps, "rebate_floor_bps", 9900, 9900, 0, 10_000,
            "Availability above which a provider earns a rebate, basis points.", 100),
        new(ParameterId.RebateEarningsMax, "rebate_earnings_max", 1_000_000_000_000, 100_000_000_000, 0, Amount,
            "Earnings of one provider in an epoch that count for rebates, ncredit."),
        new(ParameterId.RebateShareBps, "rebate_share_bps", 5000, 5000, 0, 5000,
            "Most that comes back of the market fees that were paid, basis points.", 100),
        new(ParameterId.PriceTargetBps, "price_target_bps", 7000, 7000, 1, 9_999,
            "Use of a resource class at which its curve price stays, basis points.", 100),
        new(ParameterId.PriceGainBps, "price_gain_bps", 1000, 1000, 0, 10_000,
            "What the distance from that use moves a curve price by in an epoch, basis points.", 100),
        new(ParameterId.PriceStepBps, "price_step_bps", 500, 500, 0, 5_000,
            "Most that a curve price moves in an epoch, basis points.", 100),
        new(ParameterId.PriceCpuMin, "price_cpu_min", 100, 100, 1, 1_000_000_000_000,
            "Least curve price of a core (1000 thousandths), ncredit per second; the price begins here."),
        new(ParameterId.PriceCpuMax, "price_cpu_max", 1_000_000, 1_000_000, 1, 1_000_000_000_000,
            "Highest curve price of a core."),
        new(ParameterId.PriceMemoryMin, "price_memory_min", 10, 10, 1, 1_000_000_000_000,
            "Least curve price of 1000 MiB of memory, ncredit per second."),
        new(ParameterId.PriceMemoryMax, "price_memory_max", 100_000, 100_000, 1, 1_000_000_000_000,
            "Highest curve price of 1000 MiB of memory."),
        new(ParameterId.PriceStorageMin, "price_storage_min", 10, 10, 1, 1_000_000_000_000,
            "Least curve price of 1000 GiB of storage, ncredit per second."),
        new(ParameterId.PriceStorageMax, "price_storage_max", 1_000_000, 1_000_000, 1, 1_000_000_000_000,
            "Highest curve price of 1000 GiB of storage."),
        new(ParameterId.PriceGpuMin, "price_gpu_min", 10_000_000, 10_000_000, 1, 1_000_000_000_000,
            "Least curve price of 1000 graphics processors, ncredit per second."),
        new(ParameterId.PriceGpuMax, "price_gpu_max", 100_000_000_000, 100_000_000_000, 1, 1_000_000_000_000,
            "Highest curve price of 1000 graphics processors."),
        new(ParameterId.VoteStakeMax, "vote_stake_max", 1_000_000_000_000_000, 1_000_000_000_000_000, 1, Amount,
            "Stake that counts for one role of one account in votes, ncredit."),
        new(ParameterId.AuditFeeMin, "audit_fee_min", 1_000_000_000, 10_000_000, 0, Amount,
            "Least fee of an audit that is asked for, and what an auditor who was drawn loses by silence, ncredit."),
        new(ParameterId.AuditSeconds, "audit_seconds", 604_800, 60, 1, 100_000_000,
            "How long an audit that is asked for or drawn may be answered by an attestation."),
        new(ParameterId.ReauditBps, "reaudit_bps", 1000, 1000, 0, 10_000,
            "Chance that another auditor is drawn to look again at what an attestation with a tier states, and its share of the fee, basis points.", 100),
    ];
}
