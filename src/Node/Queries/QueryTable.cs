using System;
using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>The typed paths under <c>/market/</c> and who answers them.</summary>
public sealed class QueryTable
{
    private readonly SortedDictionary<string, QueryEntry> _entries = new(StringComparer.Ordinal);

    public QueryTable()
    {
        foreach (QueryEntry entry in ChainQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in RegistryQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in AdmissionQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in TrustQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in GovernanceQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in MarketQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in JusticeQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in ProofQueries.All) _entries.Add(entry.Path, entry);
        foreach (QueryEntry entry in CapacityQueries.All) _entries.Add(entry.Path, entry);
    }

    /// <summary>Every path, sorted.</summary>
    public IReadOnlyCollection<QueryEntry> Entries => _entries.Values;

    /// <param name="state">The state to read.</param>
    /// <param name="path">Path with its arguments (<see cref="QueryArguments"/>).</param>
    /// <param name="data">The key, where the path does not carry it.</param>
    /// <param name="isPast">True when the state is not the newest: single objects can be read there, lists cannot.</param>
    public QueryAnswer Answer(IStateReader state, string path, ReadOnlySpan<byte> data, bool isPast)
    {
        QueryArguments arguments = QueryArguments.Parse(path, data, out string name);
        if (!_entries.TryGetValue(name, out QueryEntry? entry))
        {
            return QueryAnswer.Fail(ResultCode.UnknownKind, $"unknown path {name}; known are {string.Join(", ", _entries.Keys)}");
        }
        if (arguments.OptionBeyond(entry.Options) is { } unknown)
        {
            return QueryAnswer.Bad($"{name} has no option {unknown}; it is asked as {entry.Usage}");
        }
        if (isPast && entry.IsList) return QueryAnswer.Fail(ResultCode.NotFound, "lists are kept for the newest height only");
        return entry.Answer(state, arguments);
    }
}
