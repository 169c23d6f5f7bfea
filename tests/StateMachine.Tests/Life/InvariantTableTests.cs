using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Chain.StateMachine.Tests.Accounts.Grants;
using Chain.StateMachine.Tests.Attacks;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Golden;
using Chain.StateMachine.Tests.Governance;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Tests.Proof;
using Chain.StateMachine.Tests.Trust;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Which test shows which invariant of marketplace.md 5.6; none of P1 to P30 goes without.</summary>
/// <remarks>
/// Random lives of a chain (<see cref="LifeTests"/>) check most of them after every transaction: <see cref="LifeInvariants"/> and
/// <see cref="LifeWatch"/> say which line is whose. The dear ones have tests of their own as well.
/// </remarks>
public sealed class InvariantTableTests
{
    private const int Last = 30;

    private const string OfLives = nameof(LifeTests.Invariants_hold_after_every_transaction_of_every_kind_and_a_life_replays_to_the_same);

    private static readonly Type Lives = typeof(LifeTests);

    private static readonly (int Invariant, Type Class, string Test)[] Table =
    [
        (1, Lives, OfLives),
        (1, typeof(RandomBlocksTests), nameof(RandomBlocksTests.Credits_are_conserved_after_every_transaction_and_no_amount_is_below_zero)),
        (2, Lives, OfLives),
        (2, typeof(RandomBlocksTests), nameof(RandomBlocksTests.Failed_transactions_change_nothing_but_fee_and_sequence)),
        (3, Lives, OfLives),
        (4, Lives, OfLives),
        (4, typeof(MarketPropertyTests), nameof(MarketPropertyTests.Money_collateral_and_units_add_up_after_every_step)),
        (5, Lives, OfLives),
        (6, typeof(MarketPropertyTests), nameof(MarketPropertyTests.Settling_at_any_times_by_anyone_in_any_order_is_settling_once)),
        (6, typeof(MarketPropertyTests), nameof(MarketPropertyTests.Time_in_any_steps_leaves_the_same_leases)),
        (7, Lives, OfLives),
        (7, typeof(SealedAuctionTests), nameof(SealedAuctionTests.Replicas_go_to_different_providers_within_the_limit_of_each_region)),
        (8, Lives, OfLives),
        (8, typeof(CapacityTests), nameof(CapacityTests.P8_newcomer_promises_one_unit_and_what_it_has_proven_from_the_first_epoch_on)),
        (8, typeof(CapacityTests), nameof(CapacityTests.P8_holds_for_offers_sealed_bids_and_amendments_as_well)),
        (8, typeof(CapacityTests), nameof(CapacityTests.P8_bid_becomes_a_lease_only_while_what_it_promised_is_proven)),
        (8, typeof(ProofPropertyTests), nameof(ProofPropertyTests.P8_P16_nobody_promises_what_is_not_proven_and_no_tier_stands_without_a_valid_attestation)),
        (9, Lives, OfLives),
        (9, typeof(JusticePropertyTests), nameof(JusticePropertyTests.P9_everything_ends_and_leaves_nothing_locked_whatever_happens)),
        (10, Lives, OfLives),
        (10, typeof(EdgeTests), nameof(EdgeTests.P10_edges_taken_are_those_of_the_table)),
        (11, Lives, OfLives),
        (11, typeof(StorageTests), nameof(StorageTests.P11_period_that_is_not_proven_earns_nothing_until_the_next_proof_and_three_jail_the_provider)),
        (12, Lives, OfLives),
        (12, typeof(CaseTests), nameof(CaseTests.P12_compensation_never_exceeds_what_the_lease_holds)),
        (13, Lives, OfLives),
        (13, typeof(SlashTests), nameof(SlashTests.P13_split_adds_up_to_the_slash)),
        (14, Lives, OfLives),
        (15, Lives, OfLives),
        (16, typeof(BidTests), nameof(BidTests.Bid_on_an_order_that_needs_an_attestation_counts_it_only_while_it_is_valid)),
        (16, typeof(TierTests), nameof(TierTests.P16_tier_rises_with_a_valid_attestation_alone_and_falls_when_it_expires)),
        (16, typeof(ProofPropertyTests), nameof(ProofPropertyTests.P8_P16_nobody_promises_what_is_not_proven_and_no_tier_stands_without_a_valid_attestation)),
        (17, Lives, OfLives),
        (17, typeof(AttestTests), nameof(AttestTests.Nonce_of_an_issuer_is_accepted_once_even_after_the_attestation_expired)),
        (18, Lives, OfLives),
        (18, typeof(CaseTests), nameof(CaseTests.P18_parties_their_identities_and_earlier_jurors_are_not_drawn_and_nobody_twice)),
        (18, typeof(TierTests), nameof(TierTests.P18_subject_of_a_contradiction_is_no_juror_of_it)),
        (19, Lives, OfLives),
        (19, typeof(CaseTests), nameof(CaseTests.P19_case_ends_in_bounded_time_whatever_anybody_leaves_undone)),
        (20, typeof(SealedAuctionTests), nameof(SealedAuctionTests.P20_winner_does_not_depend_on_the_order_of_commits_or_reveals)),
        (20, typeof(SealedAuctionTests), nameof(SealedAuctionTests.P20_second_price_is_never_below_the_own_rate_nor_above_the_highest)),
        (21, typeof(SealedAuctionTests), nameof(SealedAuctionTests.P21_unrevealed_deposit_is_lost_exactly_once_and_nobody_who_could_keep_a_reveal_out_gains)),
        (22, Lives, OfLives),
        (22, typeof(KindGatesTests), nameof(KindGatesTests.Exits_stay_possible_under_any_flags_and_breakers)),
        (23, Lives, OfLives),
        (23, typeof(GovernancePropertyTests), nameof(GovernancePropertyTests.Parameters_stay_within_bounds_and_no_upgrade_comes_before_its_lock)),
        (24, Lives, OfLives),
        (24, typeof(RandomBlocksTests), nameof(RandomBlocksTests.Same_blocks_give_the_same_results_and_app_hash_and_export_and_import_keep_it)),
        (24, typeof(GoldenChainTests), nameof(GoldenChainTests.Fixed_transactions_give_the_golden_hashes)),
        (25, typeof(GoldenRecordsTests), nameof(GoldenRecordsTests.P25_records_and_messages_of_every_version_decode_to_the_same_bytes)),
        (26, typeof(TimedMovesTests), nameof(TimedMovesTests.Moves_beyond_the_work_cap_are_carried_over)),
        (26, typeof(TimedMovesTests), nameof(TimedMovesTests.P26_work_of_timed_moves_is_below_the_cap_and_one_move_more)),
        (27, Lives, OfLives),
        (27, typeof(RebateTests), nameof(RebateTests.P27_rebates_are_within_the_pool_and_below_the_fees)),
        (28, typeof(ReputationAttackTests), nameof(ReputationAttackTests.P28_pair_of_friends_never_gains_and_its_reputation_costs_fees)),
        (29, typeof(GrantPropertyTests), nameof(GrantPropertyTests.Grants_never_spend_beyond_their_cap_or_after_their_expiry)),
        // There is no class of credits that may not be sent; what its rule guards, that nobody moves another's, holds of all.
        (30, Lives, OfLives),
    ];

    [Fact]
    public void Every_invariant_has_a_test() =>
        Assert.Equal(Enumerable.Range(1, Last), Table.Select(row => row.Invariant).Distinct().Order());

    [Fact]
    public void Every_row_names_a_test_that_runs_and_every_test_that_is_named_for_an_invariant_stands_in_a_row()
    {
        SortedSet<string> runs = new(StringComparer.Ordinal);
        SortedSet<string> named = new(StringComparer.Ordinal);
        foreach (MethodInfo method in typeof(InvariantTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (!method.GetCustomAttributes().Any(attribute => attribute is FactAttribute { Skip: null })) continue;
            runs.Add($"{method.DeclaringType!.Name}.{method.Name}");
            if (Regex.IsMatch(method.Name, "^P[0-9]+_")) named.Add($"{method.DeclaringType!.Name}.{method.Name}");
        }
        Assert.Empty(Table.Select(row => $"{row.Class.Name}.{row.Test}").Except(runs));
        Assert.Empty(named.Except(Table.Select(row => $"{row.Class.Name}.{row.Test}")));
    }
}
