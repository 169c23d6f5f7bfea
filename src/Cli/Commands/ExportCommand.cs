using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Node.Export;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Commands;

/// <summary><c>chain export</c>: the whole state of a stopped node as a file.</summary>
internal static class ExportCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<long?> height = new("--height")
        {
            Description = "State after this block (default: the newest). It must be kept here.",
            HelpName = "H",
        };
        Option<string?> file = new("--out")
        {
            Description = "File to write, which must not exist (default: CHAIN-ID-HEIGHT.jsonl in the present folder).",
            HelpName = "FILE",
        };
        return new VerbCommand("export", "Write the whole state of a stopped node to a file.")
        {
            Details = "The file has one line of JSON for each key of the state, in order, and a first line with chain id, height and app\n"
                + "hash. It is read again and checked against the app hash before the command ends. The home is not changed.\n"
                + "'chain init --from-export FILE' begins a new chain from it.",
            Options = { height, file },
            Examples = ["chain export", "chain export --height 1000 --out state.jsonl"],
        }.Does(run, (context, _) =>
        {
            Height? wanted = context.Parse.GetValue(height) is { } value ? new Height(value) : null;
            ExportReport report = StateExport.Run(new NodeHome(context.Home), wanted, context.Parse.GetValue(file));
            JsonObject json = new()
            {
                ["file"] = report.Path,
                ["sha256"] = report.Sha256.ToString(),
                ["chain_id"] = report.Header.ChainId,
                ["height"] = report.Header.Height.ToString(),
                ["app_hash"] = report.Header.AppHash.ToString(),
                ["pairs"] = $"{report.Pairs}",
            };
            context.Output.Answer(json, console =>
            {
                console.WriteLine($"The state of chain {report.Header.ChainId} after block {report.Header.Height} was written and checked.");
                console.Whole($"  file      {report.Path}");
                console.Whole($"  pairs     {report.Pairs}");
                console.Whole($"  app hash  {report.Header.AppHash}");
                console.Whole($"  SHA-256   {report.Sha256}");
                console.WriteLine("Begin a new chain from it, with a name of its own and an empty home:");
                console.Command("chain", "init", "--from-export", report.Path, "--chain-id", "NAME-1", "--home", "DIR");
            });
            return Task.FromResult(ExitCode.Ok);
        });
    }
}
