using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chain.Node.Hosting;

/// <summary>
/// Kestrel alone, without host, routing or configuration sources, so that it starts in milliseconds and no environment variable
/// moves its port.
/// </summary>
public sealed class HttpServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for answers that are being written.</summary>
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(2);

    private readonly KestrelServer _server;
    private readonly ListenOptions _listen;
    private readonly HttpApplication _application;
    private bool _isStarted;

    /// <param name="endpoint">Port 0 takes a free one.</param>
    public HttpServer(IPEndPoint endpoint, int connectionsMax, RequestDelegate handle, ILoggerFactory loggers)
    {
        _application = new HttpApplication(handle);
        KestrelServerOptions kestrel = new() { AddServerHeader = false };
        kestrel.Limits.MaxConcurrentConnections = connectionsMax;
        kestrel.Limits.MaxConcurrentUpgradedConnections = connectionsMax;
        // Handlers refuse long bodies themselves; what they do not read is never kept.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        ListenOptions? listen = null;
        kestrel.Listen(endpoint, options =>
        {
            options.Protocols = HttpProtocols.Http1;
            listen = options;
        });
        _listen = listen!;
        SocketTransportFactory transport = new(Options.Create(new SocketTransportOptions()), loggers);
        _server = new KestrelServer(Options.Create(kestrel), transport, loggers);
    }

    /// <summary>Where the server listens; the port is the real one once <see cref="StartAsync"/> has returned.</summary>
    public IPEndPoint Endpoint => _listen.IPEndPoint!;

    /// <summary>Binds and serves. A port that is taken throws <see cref="System.IO.IOException"/>.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Invariant.Holds(!_isStarted, "a server starts once");
        _isStarted = true;
        await _server.StartAsync(_application, cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets running answers out for a moment, and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(StopTimeMax);
        if (_isStarted) await _server.StopAsync(patience.Token).ConfigureAwait(false);
        _server.Dispose();
    }

    /// <summary>Gives Kestrel's connections to one delegate.</summary>
    private sealed class HttpApplication(RequestDelegate handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handle(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
