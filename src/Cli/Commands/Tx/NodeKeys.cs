using System.CommandLine;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Primitives.Crypto;

namespace Chain.Cli.Commands.Tx;

/// <summary>The keys of a node, read from its home to prove that they are in the sender's hands.</summary>
internal static class NodeKeys
{
    public static Option<string?> HomeOption() => new("--node-home")
    {
        Description = "Home of the node whose keys are meant (default: --home). Only signatures leave it.",
        HelpName = "DIR",
    };

    public static NodeHome HomeOf(CliContext context, Option<string?> option) =>
        new(context.Parse.GetValue(option) ?? context.Home);

    public static PrivateKey Consensus(CliContext context, Option<string?> option) =>
        KeyFile.Load(HomeOf(context, option).ValidatorKeyFile, context.Passphrase());

    public static PrivateKey Node(CliContext context, Option<string?> option) =>
        KeyFile.Load(HomeOf(context, option).NodeKeyFile, context.Passphrase());
}
