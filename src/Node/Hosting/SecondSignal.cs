using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Chain.Node.Hosting;

/// <summary>
/// The first SIGTERM or Ctrl-C asks the node to stop in order, which others see to; the second one ends the process at once, as a
/// kill would. Nothing is lost by that: the log brings back what the store had not synced.
/// </summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private readonly Action _first;
    private int _signals;

    /// <param name="first">Told of the first signal.</param>
    public SecondSignal(Action first)
    {
        _first = first;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Count);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Count);
    }

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void Count(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _first();
            return;
        }
        Console.Error.WriteLine("A second signal: the node ends at once.");
        using Process self = Process.GetCurrentProcess();
        self.Kill();
    }
}
