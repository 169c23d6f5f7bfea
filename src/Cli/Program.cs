using System;
using System.Runtime.InteropServices;
using System.Threading;
using Chain.Cli;

// The first Ctrl-C or SIGTERM asks the command to end, whose own exit status then counts, however long it takes; a second one ends it.
using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, AskToStop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, AskToStop);
return await CommandLine.RunAsync(args, Console.Out, Console.Error, stop.Token);

void AskToStop(PosixSignalContext context)
{
    context.Cancel |= !stop.IsCancellationRequested;
    stop.Cancel();
}
