using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;

namespace Chain.Cli.Terminal;

/// <summary>The library's help, followed by the explanation and the examples of a <see cref="VerbCommand"/>.</summary>
internal sealed class VerbHelp(HelpAction inner) : SynchronousCommandLineAction
{
    /// <summary>Puts itself in the place of the root's help.</summary>
    public static void InstallOn(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new VerbHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = inner.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not VerbCommand verb) return code;
        System.IO.TextWriter output = parseResult.InvocationConfiguration.Output;
        if (verb.Details.Length > 0) output.WriteLine(verb.Details + "\n");
        if (verb.Examples.Count == 0) return code;
        output.WriteLine("Examples:");
        foreach (string example in verb.Examples) output.WriteLine("  " + example);
        return code;
    }
}
