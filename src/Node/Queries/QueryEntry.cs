using System;
using System.Collections.Generic;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>One typed path.</summary>
public sealed record QueryEntry
{
    private static readonly string[] ListOptions = ["limit", "cursor"];

    private QueryEntry(string usage, string summary, bool isList, Func<IStateReader, QueryArguments, QueryAnswer> answer)
    {
        string[] halves = usage.Split('?');
        string[] own = halves.Length == 2 ? halves[1].Split('&') : [];
        Options = isList ? [.. own, .. ListOptions] : own;
        string[] parts = halves[0].Split('/');
        Path = $"/{parts[1]}/{parts[2]}";
        Usage = Options.Count == 0 ? usage : $"{halves[0]}?{string.Join('&', Options)}";
        Summary = summary;
        IsList = isList;
        Answer = answer;
    }

    /// <summary>Without key and options, such as <c>/market/order</c>.</summary>
    public string Path { get; }

    /// <summary>With the parts of its key in capitals, those in brackets may be left out, and with the names of its options.</summary>
    public string Usage { get; }

    /// <summary>What it answers.</summary>
    public string Summary { get; }

    /// <summary>Names of the options that it takes.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>True when it walks keys, which only the newest state can; it then has pages.</summary>
    public bool IsList { get; }

    public Func<IStateReader, QueryArguments, QueryAnswer> Answer { get; }

    /// <summary>A path that answers one object.</summary>
    /// <param name="usage">As <see cref="Usage"/>.</param>
    public static QueryEntry One(string usage, string summary, Func<IStateReader, QueryArguments, QueryAnswer> answer) =>
        new(usage, summary, isList: false, answer);

    /// <summary>A path that answers a page of objects.</summary>
    /// <param name="usage">As <see cref="Usage"/>, without the options that all lists have.</param>
    public static QueryEntry List(string usage, string summary, Func<IStateReader, QueryArguments, QueryAnswer> answer) =>
        new(usage, summary, isList: true, answer);
}
