using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Node.Hosting;
using Chain.Node.Storage.Rocks;
using Microsoft.Extensions.Logging;

namespace Chain.Cli.Commands;

/// <summary><c>chain start</c>: run the node of a home until it is stopped.</summary>
internal static class StartCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<bool> quiet = new("--quiet") { Description = "Log warnings only." };
        Option<bool> check = new("--check") { Description = "Read the whole database first, and stop where a block of it has changed." };
        return new VerbCommand("start", "Run the node of a home until it is stopped (Ctrl-C or SIGTERM).")
        {
            Details = "Exit status: 0 stopped as asked, 64 bad configuration or genesis, 69 address, file or home taken or closed to this user, 70 fault of the program,\n"
                + "74 disk or store damage, 75 the signer refuses to start, 78 a planned upgrade needs another binary.",
            Options = { quiet, check },
            Examples = ["chain start", "chain start --home /var/lib/chain"],
        }.Does(run, async (context, cancel) =>
        {
            RocksDbStore.Preload();
            NodeHome home = new(context.Home);
            LogLevel? level = context.Parse.GetValue(quiet) ? LogLevel.Warning : null;
            return (int)await NodeHost.RunAsync(home, node => Announce(context, node), level, context.Parse.GetValue(check), cancel);
        });
    }

    private static void Announce(CliContext context, ChainNode node)
    {
        string url = $"http://{node.RpcEndpoint}";
        JsonObject json = new() { ["node"] = url, ["home"] = context.Home };
        context.Output.Answer(json, console => 
        {
            console.WriteLine("The node runs.");
            console.Whole($"  node  {url}");
            console.Whole($"  home  {context.Home}");
        });
    }
}
