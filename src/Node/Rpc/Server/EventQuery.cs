using System;
using System.Collections.Generic;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// What a subscription or a search asks for: <c>tm.event='Tx' AND tx.height&gt;5 AND lease.provider='…'</c>. Of CometBFT's language
/// this takes conjunctions of comparisons with texts and whole numbers, CONTAINS and EXISTS; no times and dates.
/// </summary>
internal sealed class EventQuery
{
    public const string EventKey = "tm.event";

    private const int TextLengthMax = 512;
    private const string Conjunction = "AND";

    /// <summary>Those that begin with another come after it.</summary>
    private static readonly (string Text, QueryOperator Operator)[] Operators =
    [
        ("<=", QueryOperator.LessOrEqual),
        (">=", QueryOperator.GreaterOrEqual),
        ("<", QueryOperator.Less),
        (">", QueryOperator.Greater),
        ("=", QueryOperator.Equal),
        ("CONTAINS", QueryOperator.Contains),
        ("EXISTS", QueryOperator.Exists),
    ];

    private readonly List<QueryCondition> _conditions = [];

    private EventQuery(string text) => Text = text;

    /// <summary>As the client wrote it; answers repeat it, and unsubscribing names it.</summary>
    public string Text { get; }

    /// <summary>The event that must happen, such as <c>NewBlock</c>; empty where the query names none.</summary>
    public string EventName { get; private set; } = "";

    /// <summary>True when one can subscribe with it.</summary>
    public bool NamesEvent => EventName is "NewBlock" or "NewBlockHeader" or "Tx";

    public IReadOnlyList<QueryCondition> Conditions => _conditions;

    /// <summary>Reads at least one condition.</summary>
    public static bool TryParse(string text, out EventQuery query, out string error)
    {
        query = new EventQuery(text);
        error = "maximum query length exceeded";
        if (text.Length > TextLengthMax) return false;
        error = $"failed to parse query: {text}";
        string rest = text.Trim();
        while (rest.Length > 0)
        {
            if (!TryTakeCondition(ref rest, out QueryCondition condition)) return false;
            if (condition is { Key: EventKey, Operator: QueryOperator.Equal }) query.EventName = condition.Value;
            query._conditions.Add(condition);
            if (rest.Length > 0 && !TryTakeConjunction(ref rest)) return false;
        }
        return query._conditions.Count > 0;
    }

    /// <summary>True when every condition finds a fitting value among those of its key.</summary>
    public bool Matches(IReadOnlyDictionary<string, List<string>> events)
    {
        foreach (QueryCondition condition in _conditions)
        {
            if (!condition.Matches(events)) return false;
        }
        return true;
    }

    private static bool TryTakeCondition(ref string rest, out QueryCondition condition)
    {
        condition = default;
        int length = 0;
        while (length < rest.Length && IsOfKey(rest[length])) length++;
        string key = rest[..length];
        rest = rest[length..].TrimStart();
        if (length == 0 || !TryTakeOperator(ref rest, out QueryOperator by)) return false;
        string value = "";
        bool isText = false;
        if (by != QueryOperator.Exists && !TryTakeValue(ref rest, out value, out isText)) return false;
        bool isNumber = QueryCondition.TryNumber(value, out Int128 number);
        bool comparesOrder = by is not (QueryOperator.Equal or QueryOperator.Contains or QueryOperator.Exists);
        if ((comparesOrder && (isText || !isNumber)) || (by == QueryOperator.Contains && !isText)) return false;
        condition = new QueryCondition(key, by, value, isNumber && !isText ? number : null);
        return true;
    }

    private static bool TryTakeOperator(ref string rest, out QueryOperator found)
    {
        found = default;
        foreach ((string text, QueryOperator by) in Operators)
        {
            if (!rest.StartsWith(text, StringComparison.Ordinal)) continue;
            found = by;
            rest = rest[text.Length..];
            return true;
        }
        return false;
    }

    /// <summary>A quoted text or a number.</summary>
    private static bool TryTakeValue(ref string rest, out string value, out bool isText)
    {
        value = "";
        rest = rest.TrimStart();
        isText = rest.StartsWith('\'');
        int end = isText ? rest.IndexOf('\'', 1) : 0;
        while (!isText && end < rest.Length && char.IsAsciiDigit(rest[end])) end++;
        if (end <= 0) return false;
        value = isText ? rest[1..end] : rest[..end];
        rest = rest[(isText ? end + 1 : end)..];
        return true;
    }

    /// <summary>" AND " with something behind it.</summary>
    private static bool TryTakeConjunction(ref string rest)
    {
        string after = rest.TrimStart();
        if (after.Length == 0)
        {
            rest = "";
            return true;
        }
        if (after.Length == rest.Length || !after.StartsWith(Conjunction + " ", StringComparison.Ordinal)) return false;
        rest = after[Conjunction.Length..].TrimStart();
        return rest.Length > 0;
    }

    private static bool IsOfKey(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
