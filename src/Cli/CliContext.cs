using System;
using System.CommandLine;
using System.IO;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Client.Wallets;
using Chain.Primitives.Bytes;

namespace Chain.Cli;

/// <summary>What one invocation of a command works with.</summary>
internal sealed class CliContext(GlobalOptions options, ParseResult parse, Output output)
{
    public ParseResult Parse => parse;

    public Output Output => output;

    /// <summary>Address of the node to talk to: of the option, the environment, the home's configuration, or the default.</summary>
    public string Node => NamedNode ?? NodeOfHome.AddressOf(Home) ?? RpcClient.DefaultNode;

    public string Home => Path.GetFullPath(NamedHome ?? GlobalOptions.DefaultHome);

    /// <summary>True when the user named a home folder, as an option or in the environment.</summary>
    public bool HasHome => NamedHome is not null;

    /// <summary>True when the user named a node, as an option or in the environment.</summary>
    public bool HasNode => NamedNode is not null;

    private string? NamedNode => parse.GetValue(options.Node) ?? Variable(GlobalOptions.NodeVariable);

    private string? NamedHome => parse.GetValue(options.Home) ?? Variable(GlobalOptions.HomeVariable);

    public Wallet Wallet => new(Path.Combine(Home, "keys"));

    public ChainClient Connect() => new(Node);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

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
