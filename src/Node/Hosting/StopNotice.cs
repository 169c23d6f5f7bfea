using System.Threading;
using Chain.Node.Core;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Hosting;

/// <summary>
/// Logs once that the node stops: by the signal itself, which may come long before anything can stop, or by what stops the node,
/// whichever is first. So the line always stands before those of the stop.
/// </summary>
internal sealed class StopNotice(ILogger logger)
{
    private int _told;

    public void Tell()
    {
        if (Interlocked.Exchange(ref _told, 1) == 0) NodeLog.Stopping(logger);
    }
}
