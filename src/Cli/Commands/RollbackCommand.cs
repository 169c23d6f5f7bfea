using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.Node.Export;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Commands;

/// <summary><c>chain rollback</c>: execute the last blocks again.</summary>
internal static class RollbackCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<long?> height = new("--height")
        {
            Description = "Go back to the state after this block (default: the one before the newest). It must be kept here.",
            HelpName = "H",
        };
        Option<bool> yes = new("--yes") { Description = "Do it; without this nothing is changed." };
        return new VerbCommand("rollback", "Take the store of a stopped node back to an earlier height, to execute its blocks again.")
        {
            Details = "For a node whose app hash differs from the chain's: roll back to a height where they agreed, install the right\n"
                + "binary, start. Decided blocks are not lost: they move to the node's log, and the start executes them again.\n"
                + "The signer's state is never lowered: the node signs nothing at a height for which it has signed before.",
            Options = { height, yes },
            Examples = ["chain rollback --yes", "chain rollback --height 1000 --yes"],
        }.Does(run, (context, _) =>
        {
            if (!context.Parse.GetValue(yes))
            {
                throw new ClientException(ClientErrorCode.BadInput, "Nothing was changed.",
                    "A rollback rewrites the node's store; it must be asked for expressly.", "Repeat the command with --yes.");
            }
            Height? wanted = context.Parse.GetValue(height) is { } value ? new Height(value) : null;
            RollbackReport report = ChainRollback.Run(new NodeHome(context.Home), wanted);
            JsonObject json = new()
            {
                ["from_height"] = report.From.ToString(),
                ["height"] = report.To.ToString(),
                ["app_hash"] = report.AppHash.ToString(),
                ["blocks_in_log"] = report.From.Value - report.To.Value,
                ["signed_height"] = report.Signed.ToString(),
            };
            context.Output.Answer(json, console => Print(console, report));
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static void Print(Screen console, RollbackReport report)
    {
        console.WriteLine($"The store went back from height {report.From} to {report.To}.");
        console.WriteLine($"  app hash  {report.AppHash}");
        if (report.From > report.To)
        {
            console.WriteLine($"Blocks {report.To.Next} to {report.From} are in the log; 'chain start' executes them again.");
        }
        console.WriteLine($"The signer's state stays at height {report.Signed}: this node signs nothing below what it has signed,");
        console.WriteLine("so that it can never sign two different blocks of one height.");
    }
}
