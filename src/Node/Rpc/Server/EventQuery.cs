using System;
using System.Collections.Generic;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// What a subscription asks for: <c>tm.event='Tx' AND tx.height=5 AND lease.provider='…'</c>. Of CometBFT's language this
/// takes conjunctions of equalities, and one of them must name the event.
/// </summary>
internal sealed class EventQuery
{
    public const string EventKey = "tm.event";

    private const int TextLengthMax = 512;
    private const string Conjunction = " AND ";

    private readonly List<(string Key, string Value)> _conditions = [];

    private EventQuery(string text) => Text = text;

    /// <summary>As the client wrote it; answers repeat it, and unsubscribing names it.</summary>
    public string Text { get; }

    /// <summary>The event that must happen, such as <c>NewBlock</c>.</summary>
    public string EventName { get; private set; } = "";

    public static bool TryParse(string text, out EventQuery query, out string error)
    {
        query = new EventQuery(text);
        error = "maximum query length exceeded";
        if (text.Length > TextLengthMax) return false;
        string rest = text.Trim();
        while (rest.Length > 0)
        {
            error = $"failed to parse query: {text}";
            int equals = rest.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) return false;
            string key = rest[..equals].Trim();
            rest = rest[(equals + 1)..].TrimStart();
            if (!IsKey(key) || !TryTakeValue(ref rest, out string value)) return false;
            if (key == EventKey) query.EventName = value;
            query._conditions.Add((key, value));
        }
        error = "failed to parse query: it must name the event, as tm.event='NewBlock', 'NewBlockHeader' or 'Tx'";
        return query.EventName is "NewBlock" or "NewBlockHeader" or "Tx";
    }

    /// <summary>True when every condition finds its value among those of its key.</summary>
    public bool Matches(IReadOnlyDictionary<string, List<string>> events)
    {
        foreach ((string key, string value) in _conditions)
        {
            if (!events.TryGetValue(key, out List<string>? values) || !values.Contains(value)) return false;
        }
        return true;
    }

    /// <summary>A quoted text or a number, then the end or " AND ".</summary>
    private static bool TryTakeValue(ref string rest, out string value)
    {
        value = "";
        if (rest.StartsWith('\''))
        {
            int end = rest.IndexOf('\'', 1);
            if (end < 0) return false;
            value = rest[1..end];
            rest = rest[(end + 1)..];
        }
        else
        {
            int end = 0;
            while (end < rest.Length && char.IsAsciiDigit(rest[end])) end++;
            if (end == 0) return false;
            value = rest[..end];
            rest = rest[end..];
        }
        if (rest.Trim().Length == 0)
        {
            rest = "";
            return true;
        }
        if (!rest.StartsWith(Conjunction, StringComparison.Ordinal)) return false;
        rest = rest[Conjunction.Length..].TrimStart();
        return rest.Length > 0;
    }

    private static bool IsKey(string key)
    {
        foreach (char c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) return false;
        }
        return true;
    }
}
