using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>Output of a command that runs on: completes with its first line, which is the JSON that says it is ready.</summary>
internal sealed class FirstLine : StringWriter
{
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Ready => _ready.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        if (value is not null) _ready.TrySetResult(value);
    }
}
