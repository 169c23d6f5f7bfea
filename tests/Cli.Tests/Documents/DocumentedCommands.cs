using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Chain.Cli.Tests.Documents;

/// <summary>Every command that README, documents and help texts show, with values in the places of what stands for some.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>64 hex digits that name nothing.</summary>
    public static readonly string Hash = new('5', 64);

    /// <summary>An address of nobody.</summary>
    public static readonly string Address = Primitives.Bytes.Address.From(new byte[20]).ToString();

    private static readonly Dictionary<string, string> Placeholders = new(StringComparer.Ordinal)
    {
        ["ADDRESS"] = Address, ["PROVIDER"] = Address, ["WHO"] = Address, ["NODE-KEY"] = Hash, ["HASH"] = Hash, ["ID"] = Hash,
        ["NAME"] = "alice", ["NEW"] = "alice-2", ["NAME-1"] = "name-1", ["NEW-2"] = "new-2", ["N"] = "1", ["H"] = "1", ["LEASE"] = "1",
        ["DIR"] = "home", ["FILE"] = "file.json", ["CONTRACT"] = "1",
    };

    /// <summary>Whole commands, from fenced blocks and the examples of the help: each must parse as it stands.</summary>
    public static IEnumerable<string> Whole() =>
        Documents().SelectMany(text => FencedLine().Matches(text)).Select(match => match.Groups["command"].Value)
            .Concat(CommandTree.All().SelectMany(found => found.Command is VerbCommand verb ? verb.Examples : []))
            .Distinct();

    /// <summary>Commands that a sentence names, perhaps without what they need.</summary>
    public static IEnumerable<string> Mentions() =>
        Documents().SelectMany(text => Inline().Matches(text)).Concat(HelpTexts().SelectMany(text => Quoted().Matches(text)))
            .Select(match => match.Groups["command"].Value.Replace('\n', ' ')).Distinct();

    /// <summary>The words after <c>chain</c>, ready to parse.</summary>
    public static string[] Words(string command) =>
        [.. CommandLineWords.Of(command).Skip(1).Select(Value).Where(word => word.Length > 0)];

    private static string Value(string word)
    {
        if (Placeholders.TryGetValue(word, out string? value)) return value;
        if (word == "…") return "";
        if (word == "chain1…") return Address;
        if (HexStart().IsMatch(word)) return Hash;
        return PeerStart().Replace(word, Hash[..40] + "@").Replace("…", "x", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md")).Select(File.ReadAllText);

    private static IEnumerable<string> HelpTexts()
    {
        foreach ((_, Command command) in CommandTree.All())
        {
            if (command is VerbCommand verb) yield return verb.Details;
            foreach (Symbol symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command)) yield return symbol.Description ?? "";
        }
    }

    [GeneratedRegex(@"^(\./)?(?<command>chain [^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex FencedLine();

    [GeneratedRegex(@"`(\./)?(?<command>chain [^`]*)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"'(?<command>chain [^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("^[0-9a-fA-F]{4}…$")]
    private static partial Regex HexStart();

    [GeneratedRegex("^([0-9a-fA-F]{4}…|ID)@")]
    private static partial Regex PeerStart();
}
