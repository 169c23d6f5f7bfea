using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Tests.Life;

/// <summary>
/// marketplace.md 5.2 as this chain has it: every edge of every state machine, and no other. "none" is before an object is
/// there, "gone" after its record went.
/// </summary>
internal static class EdgeTable
{
    private static readonly (string Machine, string From, string[] To)[] Rows =
    [
        ("provider", "none", ["probation"]),
        ("provider", "probation", ["active", "paused", "suspended", "jailed", "exiting"]),
        ("provider", "active", ["paused", "suspended", "jailed", "exiting"]),
        ("provider", "paused", ["active", "probation", "jailed", "exiting"]),
        ("provider", "suspended", ["active", "probation", "jailed", "exiting"]),
        ("provider", "jailed", ["active", "probation", "exiting"]),
        ("provider", "exiting", ["retired"]),
        ("offer", "none", ["listed"]),
        ("offer", "listed", ["withdrawn", "expired"]),
        // A posted price makes an order that is filled from the start.
        ("order", "none", ["open", "filled"]),
        ("order", "open", ["reveal", "matched", "filled", "standing", "cancelled", "expired"]),
        ("order", "reveal", ["matched", "filled", "standing", "open", "expired"]),
        ("order", "matched", ["filled", "standing", "open", "cancelled", "expired"]),
        // A standing order seeks anew what a provider left.
        ("order", "standing", ["open", "filled", "cancelled"]),
        ("order", "filled", ["gone"]),
        ("order", "cancelled", ["gone"]),
        ("order", "expired", ["gone"]),
        ("bid", "none", ["committed", "open"]),
        ("bid", "committed", ["open", "forfeit", "withdrawn", "lost"]),
        ("bid", "open", ["won", "lost", "withdrawn", "evicted"]),
        ("bid", "won", ["left"]),
        ("lease", "none", ["pending"]),
        ("lease", "pending", ["active", "no_show_provider", "no_show_tenant"]),
        ("lease", "active", ["starved", "notice", "closed"]),
        ("lease", "starved", ["active", "closed"]),
        ("lease", "notice", ["closed"]),
        ("lease", "closed", ["final"]),
        ("lease", "final", ["gone"]),
        ("lease", "no_show_provider", ["gone"]),
        ("lease", "no_show_tenant", ["gone"]),
        // Enrolment stands for RUNNING, a further round for REOPENED; both draw again.
        ("task", "none", ["enrol"]),
        ("task", "enrol", ["drawing", "failed"]),
        ("task", "drawing", ["commit", "failed"]),
        ("task", "commit", ["reveal", "checking"]),
        ("task", "checking", ["commit", "reveal", "failed"]),
        ("task", "reveal", ["done", "failed", "drawing"]),
        ("task", "done", ["gone"]),
        ("task", "failed", ["gone"]),
        // Both sides name the same data first. Proven and faulted are ends of a period: back to idle.
        ("data_set", "none", ["proposed"]),
        ("data_set", "proposed", ["idle"]),
        ("data_set", "idle", ["drawing", "proposed"]),
        ("data_set", "drawing", ["open", "idle"]),
        ("data_set", "open", ["idle"]),
        ("attestation", "none", ["pending"]),
        ("attestation", "pending", ["valid", "revoked", "voided"]),
        ("attestation", "valid", ["expired", "revoked", "voided"]),
        ("audit", "none", ["asked"]),
        ("audit", "asked", ["answered", "lapsed"]),
        ("report", "none", ["committed"]),
        ("report", "committed", ["reported", "lapsed"]),
        ("review", "none", ["hidden"]),
        ("review", "hidden", ["published"]),
        ("review", "published", ["masked"]),
        ("case", "none", ["answer"]),
        ("case", "answer", ["drawing", "final"]),
        ("case", "drawing", ["commit", "final"]),
        ("case", "commit", ["reveal"]),
        ("case", "reveal", ["ruled", "final"]),
        ("case", "ruled", ["drawing", "final"]),
        ("case", "final", ["gone"]),
        ("proposal", "none", ["deposit"]),
        ("proposal", "deposit", ["panel", "voting", "expired"]),
        ("proposal", "panel", ["voting"]),
        ("proposal", "voting", ["queued", "rejected"]),
        ("proposal", "queued", ["executed", "failed", "delayed"]),
        ("proposal", "delayed", ["executed", "failed"]),
        ("breaker", "closed", ["open"]),
        ("breaker", "open", ["closed"]),
    ];

    /// <summary>All edges, as "machine from -> to".</summary>
    public static SortedSet<string> All { get; } = Spell();

    private static SortedSet<string> Spell()
    {
        SortedSet<string> all = new(StringComparer.Ordinal);
        foreach ((string machine, string from, string[] targets) in Rows)
        {
            foreach (string to in targets) all.Add($"{machine} {from} -> {to}");
        }
        return all;
    }
}
