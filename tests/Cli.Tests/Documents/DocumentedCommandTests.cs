using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace Chain.Cli.Tests.Documents;

public sealed class DocumentedCommandTests
{
    [Fact]
    public void Command_in_a_document_or_an_example_is_one_that_the_program_understands()
    {
        List<string> faults = [];
        string[] commands = [.. DocumentedCommands.Whole()];
        foreach (string command in commands)
        {
            ParseResult parsed = CommandTree.Root.Parse(DocumentedCommands.Words(command));
            faults.AddRange(parsed.Errors.Select(error => $"{command}: {error.Message}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(commands.Length > 150, $"{commands.Length}");
    }

    [Fact]
    public void Command_that_a_sentence_names_exists()
    {
        List<string> faults = [];
        string[] commands = [.. DocumentedCommands.Mentions()];
        foreach (string command in commands)
        {
            ParseResult parsed = CommandTree.Root.Parse(DocumentedCommands.Words(command));
            // What a sentence leaves out is no fault of it; what it says wrongly is.
            faults.AddRange(parsed.Errors.Where(error => !error.Message.Contains("equired", StringComparison.Ordinal))
                .Select(error => $"{command}: {error.Message}"));
            faults.AddRange(parsed.UnmatchedTokens.Select(token => $"{command}: '{token}' is not known"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(commands.Length > 30, $"{commands.Length}");
    }

    [Fact]
    public void Command_that_does_something_has_an_example_or_needs_none()
    {
        string[] without = [.. CommandTree.All().Where(found => found.Command is VerbCommand { Action: not null, Examples.Count: 0 } verb
            && verb.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues > 0)).Select(found => string.Join(' ', found.Path))];
        Assert.True(without.Length == 0, string.Join(", ", without));
    }
}
