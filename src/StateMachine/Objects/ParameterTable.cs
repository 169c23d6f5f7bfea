using System;
using System.Collections.Generic;
using Chain.Primitives;

namespace Chain.StateMachine.Objects;

/// <summary>
/// Name, default, development-network value and bounds of every parameter, in the order of <see cref="ParameterId"/>.
/// Amounts are ncredit (1 credit = 1,000,000,000). Names with a dot stand in the genesis' <c>consensus_params</c>.
/// </summary>
public static class ParameterTable
{
    private const ulong Amount = ulong.MaxValue;

    /// <summary>By id ascending; ids may leave gaps.</summary>
    public static IReadOnlyList<ParameterEntry> Entries { get; } =
    [
        new(ParameterId.EmptyBlockIntervalMs, "empty_block_interval_ms", 5000, 1000, 0, 3_600_000,
            "Time between blocks that carry nothing.", 1000),
        new(ParameterId.MinBlockIntervalMs, "min_block_interval_ms", 0, 0, 0, 60_000,
            "Least time between two blocks.", 1000),
        new(ParameterId.ProposeMs, "timeout_propose_ms", 1000, 1000, 1, 600_000,
            "Wait for a proposal in round 0."),
        new(ParameterId.ProposeDeltaMs, "timeout_propose_delta_ms", 500, 500, 0, 60_000,
            "What each round adds to it.", 100),
        new(ParameterId.PrevoteMs, "timeout_prevote_ms", 500, 500, 1, 600_000,
            "Wait after 2/3 of any prevotes in round 0."),
        new(ParameterId.PrevoteDeltaMs, "timeout_prevote_delta_ms", 250, 250, 0, 60_000,
            "What each round adds to it.", 100),
        new(ParameterId.PrecommitMs, "timeout_precommit_ms", 500, 500, 1, 600_000,
            "Wait after 2/3 of any precommits in round 0."),
        new(ParameterId.PrecommitDeltaMs, "timeout_precommit_delta_ms", 250, 250, 0, 60_000,
            "What each round adds to it.", 100),
        new(ParameterId.PrecisionMs, "pbts_precision_ms", 505, 505, 1, 60_000,
            "How far validators' clocks may differ (proposer-based timestamps)."),
        new(ParameterId.MessageDelayMs, "pbts_message_delay_ms", 15_000, 2000, 1, 600_000,
            "Longest travel of a proposal (proposer-based timestamps)."),
        new(ParameterId.BlockBytesMax, "block.max_bytes", 4_194_304, 4_194_304, 1024, (ulong)Limits.BlockBytesMax,
            "Bytes of a block."),
        new(ParameterId.BlockWorkMax, "block.max_gas", 20_000_000, 20_000_000, 100_000, 1_000_000_000_000,
            "Work units of a block's transactions."),
        new(ParameterId.TransactionBytesMax, "transaction_bytes_max", (ulong)Limits.TransactionBytesMax, (ulong)Limits.TransactionBytesMax, 1024, (ulong)Limits.TransactionBytesMax,
            "Bytes of a signed transaction."),
        new(ParameterId.MessagesPerTransactionMax, "messages_per_transaction_max", (ulong)Limits.MessagesPerTransactionMax, (ulong)Limits.MessagesPerTransactionMax, 1, (ulong)Limits.MessagesPerTransactionMax,
            "Messages in one transaction."),
        new(ParameterId.EvidenceBlocksMax, "evidence.max_age_num_blocks", 100_000, 100_000, 1, 1_000_000_000,
            "Age of evidence, in blocks."),
        new(ParameterId.EvidenceSecondsMax, "evidence.max_age_duration", 172_800, 60, 1, 100_000_000,
            "Age of evidence, in seconds (nanoseconds in the genesis file)."),
        new(ParameterId.EvidenceBytesMax, "evidence.max_bytes", 1_048_576, 1_048_576, 0, (ulong)Limits.BlockBytesMax,
            "Bytes of evidence in one block."),
        new(ParameterId.TrustingSeconds, "trusting_period_seconds", 1_209_600, 50, 1, 100_000_000,
            "How long a light client may trust a header; below the unbonding time."),
        new(ParameterId.GapMaxSeconds, "gap_max_seconds", 60, 60, 1, 86_400,
            "Longest step of the market clock between two blocks; what is beyond is an outage."),
        new(ParameterId.EpochSeconds, "epoch_seconds", 1200, 10, 1, 604_800,
            "Length of a service-level epoch."),
        new(ParameterId.TimedWorkMax, "timed_work_max", 2_000_000, 2_000_000, 1000, 1_000_000_000_000,
            "Work units of timed moves in one block; the rest is carried over."),
        new(ParameterId.BaseFeeFloor, "base_fee_floor", 10, 10, 1, 1_000_000,
            "Least base fee, ncredit per work unit."),
        new(ParameterId.WorkTargetPerSecond, "work_target_per_second", 5_000_000, 20_000_000, 1000, 1_000_000_000_000,
            "Work per second above which the base fee rises."),
        new(ParameterId.BaseFeeResponse, "base_fee_response", 300_000_000, 1_000_000_000, 1000, 1_000_000_000,
            "Work in excess of the target that multiplies the base fee by e."),
        new(ParameterId.RolesByGrant, "roles_by_grant", 6, 6, 0, 15,
            "Roles that need an accreditation, as a sum: provider 1, auditor 2, prober 4, juror 8."),
        new(ParameterId.StakeMinProvider, "stake_min_provider", 1_000_000_000_000, 100_000_000_000, 0, Amount,
            "Least stake of a provider, ncredit."),
        new(ParameterId.StakeMinAuditor, "stake_min_auditor", 1_000_000_000_000, 100_000_000_000, 0, Amount,
            "Least stake of an auditor, ncredit."),
        new(ParameterId.StakeMinProber, "stake_min_prober", 100_000_000_000, 10_000_000_000, 0, Amount,
            "Least stake of a prober, ncredit."),
        new(ParameterId.StakeMinJuror, "stake_min_juror", 100_000_000_000, 10_000_000_000, 0, Amount,
            "Least stake of a juror, ncredit."),
        new(ParameterId.UnbondingSeconds, "unbonding_seconds", 1_814_400, 60, 1, 100_000_000,
            "From unbonding to claim."),
        new(ParameterId.PowerPerSeat, "power_per_seat", 10, 10, 0, 1_000_000_000,
            "Voting power of each seat; 0 counts the whole credits of its provider's stake, up to seat_power_max."),
        new(ParameterId.OrderExpirySecondsMax, "order_expiry_seconds_max", 604_800, 3600, 1, 100_000_000,
            "Longest life of an open order."),
        new(ParameterId.OrderSecondsMin, "order_seconds_min", 3600, 10, 1, 100_000_000,
            "Least time that an order's escrow pays for."),
        new(ParameterId.OrderDepositMin, "order_deposit_min", 100_000_000, 10_000_000, 0, Amount,
            "Least deposit of an order, ncredit."),
        new(ParameterId.OrderCancelFeeBps, "order_cancel_fee_bps", 500, 500, 0, 10_000,
            "Share of the deposit lost by cancelling after the first bid, basis points.", 100),
        new(ParameterId.BidCap, "bid_cap", 32, 32, 1, 256,
            "Live bids on one order."),
        new(ParameterId.BidDepositMin, "bid_deposit_min", 100_000_000, 10_000_000, 0, Amount,
            "Least deposit of a bid, ncredit."),
        new(ParameterId.StartProviderSeconds, "start_provider_seconds", 300, 20, 1, 10_000_000,
            "Provider's time to start a lease, after the tenant's time."),
        new(ParameterId.StartTenantSeconds, "start_tenant_seconds", 300, 20, 1, 10_000_000,
            "Tenant's time to acknowledge that the provider has the manifest."),
        new(ParameterId.PrepaidSeconds, "prepaid_seconds", 7200, 20, 1, 100_000_000,
            "Time that a new lease's bucket pays for."),
        new(ParameterId.GraceSeconds, "grace_seconds", 3600, 10, 1, 100_000_000,
            "How long a lease without credits waits for a deposit."),
        new(ParameterId.LockupSeconds, "lockup_seconds", 7200, 10, 1, 100_000_000,
            "Time that must stay paid when a tenant withdraws."),
        new(ParameterId.NoticeSecondsMin, "notice_seconds_min", 3600, 5, 1, 100_000_000,
            "Shortest notice."),
        new(ParameterId.NoticeSecondsMax, "notice_seconds_max", 604_800, 3600, 1, 100_000_000,
            "Longest notice."),
        new(ParameterId.CollateralMin, "collateral_min", 1_000_000_000, 100_000_000, 0, Amount,
            "Least collateral of a lease, ncredit."),
        new(ParameterId.CollateralSeconds, "collateral_seconds", 86_400, 60, 0, 100_000_000,
            "Time at the lease's rate that its collateral covers."),
        new(ParameterId.EarlyExitBps, "early_exit_bps", 5000, 5000, 0, 10_000,
            "Share of the rest of the minimum term that an early tenant pays, basis points.", 100),
        new(ParameterId.MarketFeeBps, "market_fee_bps", 200, 200, 0, 10_000,
            "Share of settled pay that goes to the pools, basis points.", 100),
        new(ParameterId.AvailabilityProbesMin, "availability_probes_min", 10, 3, 1, 1_000_000,
            "Probes below which an epoch is not judged."),
        new(ParameterId.EpochVoidBps, "epoch_void_bps", 3000, 3000, 0, 10_000,
            "Share of bad leases above which an epoch counts for nobody, basis points.", 100),
        new(ParameterId.DisputeSeconds, "dispute_window_seconds", 50_400, 20, 1, 100_000_000,
            "From the close of a lease to its end; a dispute may be opened."),
        new(ParameterId.ReviewSeconds, "review_window_seconds", 100_800, 30, 1, 100_000_000,
            "From the close of a lease; reviews may be written."),
        new(ParameterId.ReviewWeightCap, "review_weight_cap", 10_000_000_000, 10_000_000_000, 0, Amount,
            "Largest weight of a review, ncredit of fees."),
        new(ParameterId.AttestationSecondsMax, "attestation_seconds_max", 31_536_000, 86_400, 1, 1_000_000_000,
            "Longest life of an attestation."),
        new(ParameterId.AttestationChallengeSeconds, "attestation_challenge_seconds", 7200, 10, 1, 100_000_000,
            "From an attestation to its validity; it may be challenged."),
        new(ParameterId.AttestationBondMin, "attestation_bond_min", 1_000_000_000, 100_000_000, 0, Amount,
            "Least bond of an attestation, ncredit."),
        new(ParameterId.BeaconDelayReveals, "beacon_delay_reveals", 2, 2, 1, 100,
            "Reveals by distinct validators after a deadline before a draw."),
        new(ParameterId.JurySizeFirst, "jury_size_first", 3, 3, 1, 101,
            "Jurors in the first round."),
        new(ParameterId.JurySizeSecond, "jury_size_second", 7, 7, 1, 101,
            "Jurors in the second round."),
        new(ParameterId.JurySizeThird, "jury_size_third", 15, 15, 1, 101,
            "Jurors in the third round."),
        new(ParameterId.JurorAlphaBps, "juror_alpha_bps", 2000, 2000, 0, 10_000,
            "Share of a juror's stake at risk in a case, basis points.", 100),
        new(ParameterId.ParameterLockSeconds, "parameter_lock_seconds", 86_400, 20, 1, 100_000_000,
            "Time lock of a parameter change."),
        new(ParameterId.FlagLockSeconds, "flag_lock_seconds", 14_400, 10, 1, 100_000_000,
            "Time lock of a feature flag."),
        new(ParameterId.UpgradeLockSeconds, "upgrade_lock_seconds", 604_800, 30, 1, 100_000_000,
            "Time lock of an upgrade."),
        new(ParameterId.BreakerSecondsMax, "breaker_seconds_max", 43_200, 30, 1, 100_000_000,
            "Longest life of a circuit breaker."),
        new(ParameterId.ShortWindows, "short_windows", 0, 1, 0, 1,
            "1 on development networks: windows may be shorter than 4 x (message delay + precision).", 0),
        new(ParameterId.StorageDeposit, "storage_deposit", 10_000_000, 1_000_000, 0, Amount,
            "Held for each order, bid and lease and returned when its record goes, ncredit."),
        new(ParameterId.PruneSeconds, "prune_seconds", 2_592_000, 3600, 1, 1_000_000_000,
            "How long the record of an ended order or lease is kept."),
        new(ParameterId.EquivocationSlashBps, "equivocation_slash_bps", 500, 500, 0, 10_000,
            "Share of a validator's stake lost by voting twice, basis points.", 100),
        new(ParameterId.SeatPowerMax, "seat_power_max", 1_000_000, 1_000_000, 1, 1_000_000_000,
            "Largest voting power of a seat where power counts stake."),
        new(ParameterId.AdmissionSeconds, "admission_seconds", 604_800, 3600, 1, 100_000_000,
            "How long a request for a seat or an access, and a proposal to admit, stays open."),
        new(ParameterId.JailSeconds, "jail_seconds", 86_400, 20, 0, 100_000_000,
            "Least time that a jailed provider stays out."),
        new(ParameterId.ProposalDepositMin, "proposal_deposit_min", 100_000_000_000, 10_000_000_000, 0, Amount,
            "Deposit that a proposal needs before it is looked at, ncredit."),
        new(ParameterId.PanelSeconds, "panel_seconds", 86_400, 10, 1, 100_000_000,
            "How long the panel may give its opinion on a proposal."),
        new(ParameterId.VotingSeconds, "voting_seconds", 259_200, 20, 1, 100_000_000,
            "How long validators vote on a proposal, and how long its deposit may take to come together."),
        new(ParameterId.RevealSeconds, "reveal_seconds", 600, 10, 1, 10_000_000,
            "Time to reveal sealed bids after bidding is over."),
        new(ParameterId.ReputationDecayPpm, "reputation_decay_ppm", 995_000, 995_000, 1, 1_000_000,
            "What each epoch leaves of a reputation's counts, millionths."),
        new(ParameterId.ReputationFeeUnit, "reputation_fee_unit", 100_000_000, 10_000_000, 1, Amount,
            "Market fees on a lease that make its good end count whole, ncredit."),
        new(ParameterId.DisputeAnswerSeconds, "dispute_answer_seconds", 86_400, 10, 1, 10_000_000,
            "Time to answer a case; silence concedes."),
        new(ParameterId.JuryCommitSeconds, "jury_commit_seconds", 86_400, 10, 1, 10_000_000,
            "Jurors' time to commit to a vote."),
        new(ParameterId.JuryRevealSeconds, "jury_reveal_seconds", 43_200, 10, 1, 10_000_000,
            "Jurors' time to reveal it."),
        new(ParameterId.AppealSeconds, "appeal_seconds", 86_400, 10, 1, 10_000_000,
            "Time to appeal a ruling."),
        new(ParameterId.DisputeBondBps, "dispute_bond_bps", 1000, 1000, 0, 10_000,
            "Bond of either side of a case, share of the claim, basis points."),
        new(ParameterId.DisputeBondMin, "dispute_bond_min", 1_000_000_000, 100_000_000, 0, Amount,
            "Least bond of either side of a case, ncredit."),
        new(ParameterId.JurorFee, "juror_fee", 500_000_000, 50_000_000, 0, Amount,
            "What one juror costs the losing side, ncredit."),
        new(ParameterId.JurorCoherenceBps, "juror_coherence_bps", 2000, 2000, 0, 10_000,
            "How far from the ruling a vote may be and still be coherent, basis points of the claim."),
        new(ParameterId.ReporterShareBps, "reporter_share_bps", 1000, 1000, 0, 10_000,
            "Reporter's share of what a slash leaves after the victim, basis points."),
        new(ParameterId.ReporterRewardMax, "reporter_reward_max", 100_000_000_000, 10_000_000_000, 0, Amount,
            "Most that a reporter gets, ncredit."),
        new(ParameterId.FaultSlashBps, "fault_slash_bps", 500, 500, 0, 10_000,
            "Share of stake lost for a fault that is proven by signatures or a failing proof, basis points."),
        new(ParameterId.ReportMaturitySeconds, "report_maturity_seconds", 60, 2, 1, 10_000_000,
            "Least time between the commitment to a report and the report."),
        new(ParameterId.ProbersPerLease, "probers_per_lease", 3, 3, 1, 15,
            "Probers drawn for each lease and epoch."),
        new(ParameterId.ProbeBps, "probe_bps", 2500, 10_000, 0, 10_000,
            "Chance of a lease to be probed in an epoch, basis points."),
        new(ParameterId.AvailabilityTargetBps, "availability_target_bps", 9950, 9950, 0, 10_000,
            "Availability below which a tenant is credited, basis points."),
        new(ParameterId.StorageChallenges, "storage_challenges", 5, 5, 1, 32,
            "Leaves that one storage proof opens."),
        new(ParameterId.ProvingPeriodSeconds, "proving_period_seconds", 86_400, 20, 1, 10_000_000,
            "Period in which a data set is proven once."),
        new(ParameterId.ProvingWindowSeconds, "proving_window_seconds", 7200, 10, 1, 10_000_000,
            "Time to answer a challenge once it is drawn."),
        new(ParameterId.ProofFaultsMax, "proof_faults_max", 3, 3, 1, 1_000,
            "Faulted periods in a row after which a provider is jailed."),
        new(ParameterId.TaskCommitSeconds, "task_commit_seconds", 3600, 10, 1, 10_000_000,
            "Workers' time to commit to a result."),
        new(ParameterId.TaskRevealSeconds, "task_reveal_seconds", 1200, 10, 1, 10_000_000,
            "Workers' time to reveal it."),
        new(ParameterId.TaskRoundsMax, "task_rounds_max", 4, 4, 1, 16,
            "Times that a task draws workers before it fails."),
        new(ParameterId.ProbationEpochs, "probation_epochs", 72, 3, 0, 1_000_000,
            "Epochs after which a new provider leaves probation when a paid lease of its becomes final."),
        new(ParameterId.ProbationLeasesMax, "probation_leases_max", 4, 4, 1, 1_000_000,
            "Live leases of a provider in probation."),
        .. ProofParameters.Entries,
        .. MarketParameters.Entries,
    ];

    private static readonly int[] Places = Index();

    public static ParameterEntry Of(ParameterId id) => Entries[PlaceOf(id)];

    /// <summary>Place of a known parameter in the table, and in the list that the state holds.</summary>
    public static int PlaceOf(ParameterId id) => Places[(int)id];

    /// <summary>True for a number that names a parameter.</summary>
    public static bool IsKnown(ulong id) => id < (ulong)Places.Length && Places[id] >= 0;

    /// <summary>The entry with a genesis name, or null.</summary>
    public static ParameterEntry? Find(string name)
    {
        foreach (ParameterEntry entry in Entries)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal)) return entry;
        }
        return null;
    }

    private static int[] Index()
    {
        int[] places = new int[(int)Entries[^1].Id + 1];
        Array.Fill(places, -1);
        for (int i = 0; i < Entries.Count; i++)
        {
            Invariant.Holds(i == 0 || Entries[i - 1].Id < Entries[i].Id, "the parameter table follows its ids");
            places[(int)Entries[i].Id] = i;
        }
        return places;
    }
}
