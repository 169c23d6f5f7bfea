using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>What a command line gave: exit status and both outputs.</summary>
internal sealed record CliRun(int Status, string Out, string Error)
{
    /// <summary>Standard output as the one JSON object that it must be.</summary>
    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();

    public static async Task<CliRun> OfAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int status = await CommandLine.RunAsync(args, output, error, CancellationToken.None);
        return new CliRun(status, output.ToString(), error.ToString());
    }
}
