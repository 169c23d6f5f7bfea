using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Metrics;

/// <summary>
/// <c>/metrics</c>, <c>/livez</c> and <c>/readyz</c> on an address of their own, for those who watch the node: plain text, 200 for yes and
/// 503 for no, with a line for each check that says why not.
/// </summary>
/// <param name="page">Writes <c>/metrics</c>.</param>
public sealed class MetricsServer(IPEndPoint endpoint, Func<string> page, INodeHealth health, ILoggerFactory loggers) : IAsyncDisposable
{
    private const int ConnectionsMax = 32;

    private HttpServer? _server;

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint? Endpoint => _server?.Endpoint;

    /// <summary>Binds and serves. A port that is taken throws <see cref="System.IO.IOException"/>.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        _server = new HttpServer(endpoint, ConnectionsMax, HandleAsync, loggers);
        return _server.StartAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/metrics" => WriteAsync(context, StatusCodes.Status200OK, page()),
        "/livez" => WriteAsync(context, health.Live),
        "/readyz" => WriteAsync(context, health.Ready),
        _ => WriteAsync(context, StatusCodes.Status404NotFound, "There are /metrics, /livez and /readyz.\n"),
    };

    private static Task WriteAsync(HttpContext context, IReadOnlyList<(string Check, string WhyNot)> checks)
    {
        StringBuilder text = new();
        bool passes = true;
        foreach ((string check, string whyNot) in checks)
        {
            passes &= whyNot.Length == 0;
            text.Append(check).Append(": ").Append(whyNot.Length == 0 ? "ok" : whyNot).Append('\n');
        }
        return WriteAsync(
            context, passes ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, text.ToString());
    }

    private static async Task WriteAsync(HttpContext context, int status, string text)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
