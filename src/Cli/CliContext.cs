using System;
using System.CommandLine;
using System.IO;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Primitives.Bytes;

namespace Chain.Cli;

/// <summary>What one invocation of a command works with.</summary>
internal sealed class CliContext(GlobalOptions options, ParseResult parse, Output output)
{
    public ParseResult Parse => parse;

    public Output Output => output;

    public string Node => parse.GetValue(options.Node)!;

    public string Home => Path.GetFullPath(parse.GetValue(options.Home) ?? GlobalOptions.DefaultHome);

    /// <summary>True when the user named a home folder.</summary>
    public bool HasHome => parse.GetValue(options.Home) is not null;

    /// <summary>True when the user named a node.</summary>
    public bool HasNode => parse.GetResult(options.Node) is { Implicit: false };

    public Wallet Wallet => new(Path.Combine(Home, "keys"));

    public ChainClient Connect() => new(Node);

    /// <summary>First line of <c>--passphrase-file</c>, or null.</summary>
    public string? Passphrase()
    {
        string? file = parse.GetValue(options.PassphraseFile);
        if (file is null) return null;
        try
        {
            using StreamReader reader = new(file);
            return reader.ReadLine() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The passphrase file '{file}' cannot be read.", e.Message,
                "Check the path and its permissions.", e);
        }
    }

    /// <summary>An address in bech32 or hex, or the name of a key in the wallet.</summary>
    public Address AddressOf(string text)
    {
        if (Address.TryParse(text, out Address address)) return address;
        if (Wallet.Find(text) is { } entry) return entry.Address;
        throw new ClientException(ClientErrorCode.BadInput, $"'{text}' is neither an address nor the name of a key.",
            $"An address starts with '{Address.Prefix}1'; the wallet in {Home} has no key of that name.",
            "See the names with 'chain keys list', or name another home with --home DIR.");
    }
}
