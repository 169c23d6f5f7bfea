using System.CommandLine;
using System.Threading.Tasks;
using Chain.Cli.Sim;
using Chain.Cli.Terminal;

namespace Chain.Cli.Commands;

/// <summary><c>chain sim</c>: try the market's rules without a chain.</summary>
internal static class SimCommand
{
    public static VerbCommand Create(VerbRunner run) => new("sim", "Try the rules of the market on made-up people, without a chain.")
    {
        Subcommands = { Run(run) },
    };

    private static VerbCommand Run(VerbRunner run)
    {
        Argument<string> file = new("file") { Description = "A scenario; genesis/scenarios has some, and says how to write one." };
        return new VerbCommand("run", "Play a scenario on the state machine alone, and show everybody's money and reputation.")
        {
            Details = "No node, no network, no waiting: time in a scenario is only counted. The exit status is 0 when every step went as the\n"
                + "scenario says and all its checks hold. After each block it is checked that no credit came or went.",
            Arguments = { file },
            Examples = ["chain sim run genesis/scenarios/honest-market.json", "chain sim run my.json --json"],
        }.Does(run, (context, _) =>
        {
            SimScenario scenario = SimScenario.Read(context.Parse.GetRequiredValue(file));
            using SimChain chain = new(scenario);
            SimScript script = new(scenario, chain);
            script.Play();
            SimReport report = new(scenario, chain, script.Surprises);
            Facts facts = report.ToFacts();
            context.Output.Answer(facts.ToJson(), report.Print);
            return Task.FromResult(report.Failures.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
        });
    }
}
