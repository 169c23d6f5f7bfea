using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Chain.Consensus.Tests.Core;

/// <summary>Which test shows which line of algorithm 1 of arXiv 1807.04938; no line of L11 to L67 goes without.</summary>
public sealed class PaperTableTests
{
    private const int FirstLine = 11;
    private const int LastLine = 67;

    /// <summary>Lines from and to, and a test that fails when they are wrong.</summary>
    private static readonly (int From, int To, string Test)[] Table =
    [
        (11, 13, nameof(PaperLineTests.L11_round_starts_in_propose_and_its_once_only_clauses_fire_again)),
        (14, 14, nameof(PaperLineTests.L14_only_the_proposer_of_a_round_builds)),
        (15, 16, nameof(PaperLineTests.L16_proposer_with_valid_value_proposes_it_again_with_its_round)),
        (17, 19, nameof(PaperLineTests.L18_proposer_without_valid_value_builds_signs_and_broadcasts_one)),
        (20, 21, nameof(PaperLineTests.L21_validator_that_does_not_propose_waits_for_the_proposal)),
        (22, 22, nameof(PaperLineTests.L22_proposal_that_comes_after_the_own_prevote_gets_no_second_one)),
        (23, 23, nameof(PaperLineTests.L23_new_proposal_of_another_block_than_the_locked_one_gets_nil)),
        (23, 24, nameof(PaperLineTests.L23_new_proposal_of_the_locked_block_gets_a_prevote)),
        (24, 24, nameof(PaperLineTests.L24_valid_new_proposal_without_a_lock_gets_a_prevote)),
        (27, 27, nameof(PaperLineTests.L24_valid_new_proposal_without_a_lock_gets_a_prevote)),
        (25, 26, nameof(PaperLineTests.L26_invalid_new_proposal_gets_a_prevote_for_nil)),
        (28, 28, nameof(PaperLineTests.L28_proposal_with_an_older_polka_waits_until_the_polka_is_seen)),
        (29, 29, nameof(PaperLineTests.L29_proposal_of_the_locked_block_gets_a_prevote_though_its_polka_is_older_than_the_lock)),
        (29, 30, nameof(PaperLineTests.L30_proposal_with_a_polka_not_older_than_the_lock_gets_a_prevote)),
        (31, 33, nameof(PaperLineTests.L32_proposal_with_a_polka_older_than_the_lock_gets_nil)),
        (31, 33, nameof(PaperLineTests.L32_invalid_block_with_an_older_polka_gets_nil)),
        (34, 35, nameof(PaperLineTests.L34_quorum_of_any_prevotes_starts_the_prevote_timeout_once)),
        (34, 34, nameof(PaperLineTests.L34_quorum_of_any_prevotes_does_nothing_before_the_own_prevote)),
        (36, 43, nameof(PaperLineTests.L36_polka_in_prevote_locks_and_precommits_after_the_block_is_persisted)),
        (36, 36, nameof(PaperLineTests.L36_polka_for_a_block_not_judged_yet_waits_for_the_judgement)),
        (36, 36, nameof(PaperLineTests.L36_polka_for_another_block_than_the_proposal_seen_locks_that_block)),
        (36, 36, nameof(PaperLineTests.L36_polka_for_a_block_that_is_not_valid_here_neither_locks_nor_precommits_it)),
        (38, 39, nameof(PaperLineTests.L38_lock_moves_to_the_block_of_a_newer_polka)),
        (42, 43, nameof(PaperLineTests.L42_polka_after_the_precommit_is_kept_as_valid_without_a_lock)),
        (44, 46, nameof(PaperLine44Tests.L44_polka_for_nil_precommits_nil)),
        (44, 44, nameof(PaperLine44Tests.L44_polka_for_nil_is_nothing_to_a_node_that_precommitted_or_has_not_prevoted)),
        (47, 48, nameof(PaperLine44Tests.L47_quorum_of_any_precommits_starts_the_precommit_timeout_once)),
        (49, 51, nameof(PaperLine44Tests.L49_quorum_of_precommits_for_a_valid_block_decides_it_after_it_is_persisted)),
        (49, 49, nameof(PaperLine44Tests.L49_precommits_of_an_earlier_round_decide_too)),
        (49, 49, nameof(PaperLine44Tests.L49_precommits_of_a_later_round_decide_too)),
        (49, 49, nameof(PaperLine44Tests.L49_proposal_that_comes_after_the_precommits_decides)),
        (49, 49, nameof(PaperLine44Tests.L49_commit_of_another_block_than_the_proposal_seen_is_decided)),
        (49, 49, nameof(PaperLine44Tests.L49_precommits_for_nil_decide_nothing)),
        (50, 50, nameof(PaperLine44Tests.L49_committed_block_that_is_not_valid_here_is_reported_and_never_decided)),
        (52, 54, nameof(PaperLine44Tests.L52_next_height_starts_in_round_zero_and_no_lock_leaks_into_it)),
        (55, 55, nameof(PaperLine44Tests.L55_one_third_in_a_later_round_does_not_move_the_node)),
        (55, 56, nameof(PaperLine44Tests.L55_more_than_a_third_in_a_later_round_moves_the_node_by_messages_of_any_kind)),
        (57, 60, nameof(PaperLine44Tests.L57_propose_timeout_prevotes_nil)),
        (61, 64, nameof(PaperLine44Tests.L61_prevote_timeout_precommits_nil)),
        (65, 67, nameof(PaperLine44Tests.L65_precommit_timeout_starts_the_next_round_with_longer_timeouts)),
        (58, 58, nameof(PaperLine44Tests.L57_L61_L65_stale_timeouts_change_nothing)),
        (62, 62, nameof(PaperLine44Tests.L57_L61_L65_stale_timeouts_change_nothing)),
        (66, 66, nameof(PaperLine44Tests.L57_L61_L65_stale_timeouts_change_nothing)),
    ];

    [Fact]
    public void Every_line_of_the_paper_has_a_test()
    {
        IEnumerable<int> covered = Table.SelectMany(row => Enumerable.Range(row.From, row.To - row.From + 1)).Distinct().Order();
        Assert.Equal(Enumerable.Range(FirstLine, LastLine - FirstLine + 1), covered);
    }

    [Fact]
    public void Every_row_names_a_test_that_runs_and_every_such_test_stands_in_a_row()
    {
        List<string> tests = [];
        foreach (Type type in (Type[])[typeof(PaperLineTests), typeof(PaperLine44Tests)])
        {
            foreach (MethodInfo method in type.GetMethods())
            {
                if (method.GetCustomAttributes().Any(attribute => attribute is FactAttribute { Skip: null })) tests.Add(method.Name);
            }
        }
        Assert.Equal(tests.Order(StringComparer.Ordinal), Table.Select(row => row.Test).Distinct().Order(StringComparer.Ordinal));
    }
}
