using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Tests.Life;

/// <summary>What a run of random lives came by, so that one can see what it looked at and what not.</summary>
internal sealed class LifeCoverage
{
    /// <summary>Things that need several people to do the right thing in time, and an event that says that they did.</summary>
    private static readonly (string Name, Func<Event, bool> Is)[] Rare =
    [
        ("a drawn jury", happened => happened.Type == "JurorDrawn"),
        ("a ruling", happened => happened.Type == "CaseRuled"),
        ("an appeal", happened => happened.Type == "CaseAppealed"),
        ("a silent juror", happened => happened.Type == "JurorSlashed" && happened.Attributes.Any(said => said.Value == "silent")),
        ("issuers in conflict", happened => happened.Type == "AttestationConflict"),
        ("a drawn audit", happened => happened.Type == "AuditDrawn"),
        ("a finished task", happened => happened.Type == "TaskDone"),
        ("a proven data set", happened => happened.Type == "DataProven"),
        ("an executed proposal", happened => happened.Type == "ProposalMoved" && happened.Attributes.Any(said => said.Value == "executed")),
    ];

    private readonly SortedSet<string> _edges = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly int[] _rare = new int[Rare.Length];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _lives;

    /// <summary>Lives in which a jury was drawn.</summary>
    public int Juries => _rare[0];

    public void Note(TransactionOutcome result, MessageKind kind)
    {
        string what = $"{kind} {result.Code}";
        _codes[what] = _codes.GetValueOrDefault(what) + 1;
    }

    /// <summary>After each life.</summary>
    public void Note(LifeWorld world, EdgeBook edges)
    {
        _lives++;
        _edges.UnionWith(edges.Seen);
        for (int i = 0; i < Rare.Length; i++) _rare[i] += world.Events.Any(Rare[i].Is) ? 1 : 0;
    }

    /// <summary>The kinds that were never sent with success, the edges never taken, and the share of lives with each rare thing.</summary>
    public string Line()
    {
        List<MessageKind> kinds = [.. Enum.GetValues<MessageKind>().Where(kind => kind != 0)];
        string[] refused = [.. kinds.Where(kind => !_codes.ContainsKey($"{kind} {ResultCode.Ok}")).Select(kind => kind.ToString())];
        string[] untaken = [.. EdgeTable.All.Except(_edges)];
        IEnumerable<string> shares = Rare.Select((rare, i) => FormattableString.Invariant($"{rare.Name} {100 * _rare[i] / Math.Max(1, _lives)} %"));
        return FormattableString.Invariant($"{_lives} lives, {_time.ElapsedMilliseconds / Math.Max(1, _lives)} ms each; ")
            + $"with {string.Join(", ", shares)}; kinds {kinds.Count - refused.Length} of {kinds.Count}{Never(refused)}; "
            + $"edges {EdgeTable.All.Count - untaken.Length} of {EdgeTable.All.Count}{Never(untaken)}";
    }

    /// <summary>How often each kind came to each code.</summary>
    public string Codes() => string.Join('\n', _codes.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    private static string Never(string[] missing) => missing.Length == 0 ? "" : $" (never {string.Join(", ", missing)})";
}
