using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Net;
using System.Text;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Networking;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Terminal;

/// <summary>Checks of texts on the command line before anything is done: by the name of the option or argument.</summary>
internal static class TextForms
{
    private static readonly Dictionary<string, Func<string, string?>> Known = new(StringComparer.Ordinal)
    {
        ["--account"] = Who, ["--on-behalf-of"] = Who, ["--allow"] = Who, ["--deny"] = Who, ["--grantee"] = Who,
        ["who"] = Who, ["to"] = Who, ["address"] = Who, ["provider"] = Who, ["subject"] = Who, ["issuer"] = Who, ["grantee"] = Who,
        ["granter"] = Who, ["worker"] = Who, ["allowed"] = Who,
        ["--from"] = KeyName, ["new-key"] = KeyName, ["name"] = KeyName,
        ["--chain-id"] = ChainId,
        ["--rpc"] = Endpoint, ["--peer-address"] = Endpoint, ["--peer"] = Peer,
        ["--node"] = Url, ["--witness"] = Url,
        ["--take-seat"] = ConsensusAddress,
        ["--region"] = text => Bytes(text, ProviderText.RegionBytesMax),
        ["--memo"] = text => Bytes(text, Limits.MemoBytesMax),
        ["contribute --peer-address"] = HostAndPort,
        ["assemble --account"] = _ => null,
        ["verify store"] = text => text is "market" or "meta" ? null : $"'{text}' is no store. Write market or meta.",
        ["verify key"] = text => Hex.TryDecode(text, out byte[] raw) && raw.Length > 0 ? null
            : $"'{text}' is not a key. A raw key is written in hex digits, for example 60, the money pools.",
        ["timeline id"] = text => text.Length > 0 && text.All(char.IsAsciiDigit) ? null : Who(text),
    };

    /// <summary>Adds the checks to every option and argument of the tree whose name is known here.</summary>
    public static void InstallOn(Command command)
    {
        foreach (Option option in command.Options) Find(command, option.Name, check => option.Validators.Add(result => Check(result, check)));
        foreach (Argument argument in command.Arguments)
        {
            Find(command, argument.Name, check => argument.Validators.Add(result => Check(result, check)));
        }
        foreach (Command inner in command.Subcommands) InstallOn(inner);
    }

    /// <summary>Refuses what a reader refuses, in its words.</summary>
    public static void Checked(this Option option, Action<string> read) => option.Validators.Add(result => Check(result, text => Fault(read, text)));

    /// <summary>Refuses what a reader refuses, in its words.</summary>
    public static void Checked(this Argument argument, Action<string> read) =>
        argument.Validators.Add(result => Check(result, text => Fault(read, text)));

    private static void Find(Command command, string name, Action<Func<string, string?>> add)
    {
        if (Known.TryGetValue($"{command.Name} {name}", out Func<string, string?>? check) || Known.TryGetValue(name, out check))
        {
            add(check);
        }
    }

    private static void Check(SymbolResult result, Func<string, string?> check)
    {
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (check(text) is { } fault) result.AddError(fault);
        }
    }

    private static string? Fault(Action<string> read, string text)
    {
        try
        {
            read(text);
            return null;
        }
        catch (ClientException e)
        {
            return $"{e.Error.What} {e.Error.Why} {e.Error.Remedy}".TrimEnd();
        }
    }

    /// <summary>An address, or what can be the name of a key; whether there is such a key shows later.</summary>
    public static string? Who(string text)
    {
        if (AddressText.IsMeant(text)) return AddressText.Fault(text) is { } fault ? $"'{text}' is not an address. {fault}" : null;
        return Wallet.IsName(text) ? null
            : $"'{text}' is neither an address nor the name of a key. Write an address such as {Address.Prefix}1…, or a name such as alice.";
    }

    private static string? KeyName(string text) => Wallet.IsName(text) ? null
        : $"'{text}' cannot name a key. A name has lower-case letters, digits, '-' and '_', for example alice.";

    private static string? ChainId(string text) => ChainIds.IsValid(text) ? null
        : $"'{text}' cannot be a chain id. It has the form name-N: lower-case letters, digits and dashes, then a dash and a number from 1; "
            + "at most 50 characters. For example shop-1.";

    private static string? Endpoint(string text) => text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out _) ? null
        : $"'{text}' is not an address and a port. Write for example 127.0.0.1:26657.";

    private static string? HostAndPort(string text)
    {
        int colon = text.LastIndexOf(':');
        bool isPair = colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), out ushort port) && port > 0
            && Uri.CheckHostName(text[..colon].Trim('[', ']')) != UriHostNameType.Unknown;
        return isPair ? null : $"'{text}' is not a host and a port. Write for example one.example:26656.";
    }

    private static string? Peer(string text) => PeerAddress.TryParse(text, out _, out string fault) ? null
        : $"'{text}' names no peer: {fault}. Write nodeid@host:port; 'chain status' shows a node's id.";

    private static string? Url(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? null
        : $"'{text}' is not the address of a node. Write for example http://127.0.0.1:26657.";

    private static string? ConsensusAddress(string text) => Address.TryParse(text, out _) ? null
        : $"'{text}' is not a consensus address. Write 40 hex digits; 'chain query validators' lists them.";

    private static string? Bytes(string text, int max)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= max ? null : $"'{text}' has {bytes} bytes. Write at most {max}.";
    }
}
