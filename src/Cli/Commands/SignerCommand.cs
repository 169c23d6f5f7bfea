using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Commands;

/// <summary><c>chain signer</c>: what guards a validator against signing twice.</summary>
internal static class SignerCommand
{
    public static VerbCommand Create(VerbRunner run) => new("signer", "The guard that keeps a validator from signing twice.")
    {
        Subcommands = { Arm(run) },
    };

    private static VerbCommand Arm(VerbRunner run)
    {
        Option<long> height = new("--yes-this-key-never-signed-above")
        {
            Description = "Highest height for which this consensus key has ever signed anything, on any machine; 0 for a new key.",
            HelpName = "HEIGHT",
            Required = true,
        };
        return new VerbCommand("arm", "Make the signer's state of a home that has none.")
        {
            Details = "Only for a home whose signer.state was lost. The node will sign nothing up to the height you name. If you name one\n"
                + "that is too low, or another node runs with this key, the validator can sign twice and lose its stake.\n"
                + "A signer's state that exists is never replaced.",
            Options = { height },
            Examples = ["chain signer arm --yes-this-key-never-signed-above 125000"],
        }.Does(run, (context, _) =>
        {
            NodeHome home = new(context.Home);
            Height armed = new(context.Parse.GetValue(height));
            SignerArm.Run(home, armed);
            JsonObject json = new() { ["file"] = home.SignerStateFile, ["signs_above"] = armed.ToString() };
            context.Output.Answer(json, console =>
                console.WriteLine($"The signer's state was made: {home.SignerStateFile}. This node signs only above height {armed}."));
            return Task.FromResult(ExitCode.Ok);
        });
    }
}
