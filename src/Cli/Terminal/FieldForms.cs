using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Chain.Cli.Terminal;

/// <summary>
/// What each field of the node's answers, events and parameters counts. By its name and, where one name stands for two things, by
/// where it stands: the query or the type of the event.
/// </summary>
internal static class FieldForms
{
    private static readonly FrozenDictionary<string, FieldForm> Known = Table();

    /// <summary>Units that stand last in a name.</summary>
    private static readonly (string Suffix, FieldForm Form)[] Suffixes =
    [
        ("_bps", FieldForm.BasisPoints), ("_ppm", FieldForm.PartsPerMillion), ("_millionths", FieldForm.Millionths),
        ("_hundredths", FieldForm.Hundredths), ("_seconds", FieldForm.Seconds), ("_seconds_min", FieldForm.Seconds),
        ("_seconds_max", FieldForm.Seconds), ("_ms", FieldForm.Milliseconds), ("_at", FieldForm.Time), ("_until", FieldForm.Time),
        ("_deadline", FieldForm.Time), ("_time", FieldForm.Time), ("_deposit", FieldForm.Credits), ("_bond", FieldForm.Credits),
        ("_fee", FieldForm.Credits), ("_penalty", FieldForm.Credits), ("_deposit_min", FieldForm.Credits), ("_bond_min", FieldForm.Credits),
        ("_fee_min", FieldForm.Credits), ("_rate_max", FieldForm.Rate),
    ];

    /// <summary>Units that people read beside the value, and so not in the name.</summary>
    private static readonly string[] Units = ["_bps", "_ppm", "_millionths", "_hundredths", "_seconds", "_ms"];

    /// <param name="where">The query or the type of the event; may be empty.</param>
    public static FieldForm Of(string where, string name)
    {
        if (Known.TryGetValue($"{where}.{name}", out FieldForm form) || Known.TryGetValue(name, out form)) return form;
        if (name.StartsWith("stake_min_", StringComparison.Ordinal)) return FieldForm.Credits;
        return Suffixes.FirstOrDefault(s => name.EndsWith(s.Suffix, StringComparison.Ordinal)).Form;
    }

    /// <summary>A value as the node writes it, in the form for people; what is no whole number stays as it is.</summary>
    public static string Show(string where, string name, string text) => Parse(text) is { } value ? Quantity.Format(Of(where, name), value) : text;

    /// <summary>As <see cref="Show"/>, without the unit that the heading of the column has.</summary>
    public static string ShowInColumn(string where, string name, string text) =>
        Parse(text) is { } value ? Quantity.FormatInColumn(Of(where, name), value) : text;

    /// <summary>The name without the unit, which stands with the value.</summary>
    public static string LabelOf(string name)
    {
        // The whole name is the unit of a rate that is at least so high.
        if (name == "ppm") return "at least";
        string? unit = Array.Find(Units, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
        return (unit is null ? name : name[..^unit.Length]).Replace('_', ' ');
    }

    private static UInt128? Parse(string text) =>
        UInt128.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out UInt128 value) ? value : null;

    private static FrozenDictionary<string, FieldForm> Table()
    {
        Dictionary<string, FieldForm> table = [];
        Add(FieldForm.Credits,
            "amount at_stake award balance bond bonded bucket burned cap claim claimable collateral collateral_before contested credit "
            + "credit_total credits deposit deposited due_total escrow fee fee_total fees from_claimable from_collateral frozen has "
            + "juror_fees kept_for_renewal left locked lost max_fee minted needs net paid pending pot premium refund reliability reserve "
            + "returned reward spent stake stake_from stake_to tip to_claimant to_respondent treasury unlocked validator_rewards weight "
            + "supply.total bill.due EpochClosed.due Settled.due "
            + "vote_stake_max rebate_earnings_max capacity_unit_stake collateral_min review_weight_cap reputation_fee_unit reporter_reward_max storage_deposit juror_fee");
        Add(FieldForm.Rate,
            "rate rate_before rate_max rate_per_second per_1000_units price_cpu_min price_memory_min price_storage_min price_gpu_min price_cpu_max price_memory_max price_storage_max price_gpu_max PricesMoved.cpu PricesMoved.memory PricesMoved.storage PricesMoved.gpu");
        Add(FieldForm.FeePerWork, "base_fee_floor BaseFeeChanged.from BaseFeeChanged.to");
        Add(FieldForm.Time,
            "at begins closed due ends epoch_end expires next next_step not_before reveals_from snapshot_due until valid_from");
        Add(FieldForm.Seconds, "charged charged_in_period evidence.max_age_duration min_term min_term_before seconds");
        Add(FieldForm.BasisPoints, "BidRevealed.quality");
        Add(FieldForm.PartsPerMillion, "ppm");
        Add(FieldForm.Millionths, "ReputationCounted.weight");
        Add(FieldForm.Plain,
            "reviews.reliability review.reliability rating.reliability ReviewPublished.reliability OrderNotRenewed.period");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(FieldForm form, string names)
        {
            foreach (string name in names.Split(' ')) table[name] = form;
        }
    }
}
