using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Cli;

/// <summary>
/// What a command does. Answers the exit status; throws <c>ClientException</c> for what the user must hear.
/// </summary>
internal delegate Task<int> Verb(CliContext context, CancellationToken cancel);

/// <summary>
/// Runs a verb with the context of the present invocation, and turns its failures into words and a status.
/// </summary>
internal delegate Task<int> VerbRunner(Verb verb, ParseResult parse, CancellationToken cancel);
