using System.CommandLine;
using Chain.Client.State;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Queries;

/// <summary>The options of every command that reads one object of the state.</summary>
internal sealed class QueryOptions
{
    public Option<bool> Prove { get; } = new("--prove")
    {
        Description = "Fetch a proof and check it, so that the node need not be trusted.",
    };

    public Option<long?> Height { get; } = new("--height")
    {
        Description = "Read the state after this block (default: the newest).",
        HelpName = "H",
    };

    public void AddTo(Command command)
    {
        command.Add(Prove);
        command.Add(Height);
    }

    public StateReadOptions Read(CliContext context)
    {
        Height? height = context.Parse.GetValue(Height) is { } value ? new Height(value) : null;
        bool prove = context.Parse.GetValue(Prove);
        return new StateReadOptions(height, prove ? bundle => GenesisTrust.Verify(bundle, context.Home) : null);
    }
}
