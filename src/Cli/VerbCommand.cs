using System.Collections.Generic;
using System.CommandLine;

namespace Chain.Cli;

/// <summary>A command with what its own help says beyond the one line that its parent's help shows.</summary>
internal sealed class VerbCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>A paragraph for a newcomer; may be empty.</summary>
    public string Details { get; init; } = "";

    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Sets what the command does, and returns it.</summary>
    public VerbCommand Does(VerbRunner run, Verb verb)
    {
        SetAction((parse, cancel) => run(verb, parse, cancel));
        return this;
    }
}
