using System;
using System.CommandLine;
using System.IO;
using Chain.Client.Rpc;

namespace Chain.Cli;

/// <summary>The options that every command understands.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object with stable names instead of text.",
        Recursive = true,
    };

    public const string HomeVariable = "CHAIN_HOME";

    public const string NodeVariable = "CHAIN_NODE";

    public Option<string?> Node { get; } = new("--node")
    {
        Description = $"RPC address of the node to talk to (default: ${NodeVariable}, then that of the home's config/node.json, "
            + $"then {RpcClient.DefaultNode}).",
        HelpName = "URL",
        Recursive = true,
    };

    public Option<string> Home { get; } = new("--home")
    {
        Description = "Folder with keys, configuration and data (default: $CHAIN_HOME, then ~/.chain).",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<string?> PassphraseFile { get; } = new("--passphrase-file")
    {
        Description = "File whose first line opens (or seals) an encrypted key.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The home folder of a user who names none.</summary>
    public static string DefaultHome =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".chain");

    public void AddTo(RootCommand root)
    {
        root.Options.Add(Json);
        root.Options.Add(Node);
        root.Options.Add(Home);
        root.Options.Add(PassphraseFile);
    }
}
