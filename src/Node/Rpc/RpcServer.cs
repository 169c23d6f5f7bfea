using System;
using System.Collections.Generic;
using System.Net;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc.Methods;
using Chain.Node.Rpc.Server;
using Chain.Primitives;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chain.Node.Rpc;

/// <summary>
/// The JSON-RPC server: CometBFT v0.38's methods over HTTP POST, GET and WebSocket. It is Kestrel alone, without host,
/// routing or configuration sources, so that it starts in milliseconds and no environment variable moves its port.
/// </summary>
public sealed class RpcServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for answers that are being written.</summary>
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(2);

    private readonly KestrelServer _server;
    private readonly ListenOptions _listen;
    private readonly HttpApplication _application;
    private readonly CancellationTokenSource _stopping = new();
    private bool _isStarted;

    public RpcServer(RpcOptions options, RpcPorts ports, ILoggerFactory loggers)
    {
        List<RpcMethod> methods =
        [
            .. new InfoMethods(ports, () => Endpoint).All,
            .. new BlockMethods(ports).All,
            .. new TransactionMethods(ports, options).All,
            .. new QueryMethods(ports).All,
            .. SubscriptionMethods.All,
        ];
        if (ports.DevClock is { } clock) methods.AddRange(new DevMethods(clock).All);
        RpcDispatcher dispatcher = new(methods, options.BatchRequestsMax, loggers.CreateLogger<RpcServer>());
        SubscriptionClients clients = new(options.SubscriptionClientsMax);
        HttpHandler handler = new(dispatcher, options, RunSocketAsync);
        WebSocketMiddleware upgrades = new(handler.HandleAsync, Options.Create(SocketOptions()), loggers);
        _application = new HttpApplication(upgrades.Invoke);
        KestrelServerOptions kestrel = KestrelOptions(options);
        ListenOptions? listen = null;
        kestrel.Listen(options.Endpoint, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            listen = endpoint;
        });
        _listen = listen!;
        SocketTransportFactory transport = new(Options.Create(new SocketTransportOptions()), loggers);
        _server = new KestrelServer(Options.Create(kestrel), transport, loggers);

        async Task RunSocketAsync(WebSocket socket, CancellationToken aborted)
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
            using SocketSession session = new(socket, dispatcher, ports, options, clients);
            await session.RunAsync(either.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Where the server listens; the port is the real one once <see cref="StartAsync"/> has returned.</summary>
    public IPEndPoint Endpoint => _listen.IPEndPoint!;

    /// <summary>Binds and serves. A port that is taken throws <see cref="System.IO.IOException"/>.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Invariant.Holds(!_isStarted, "the RPC server starts once");
        _isStarted = true;
        await _server.StartAsync(_application, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends subscriptions, lets running answers out for a moment, and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using CancellationTokenSource patience = new(StopTimeMax);
        if (_isStarted) await _server.StopAsync(patience.Token).ConfigureAwait(false);
        _server.Dispose();
        _stopping.Dispose();
    }

    private static KestrelServerOptions KestrelOptions(RpcOptions options)
    {
        KestrelServerOptions kestrel = new() { AddServerHeader = false };
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
        kestrel.Limits.MaxConcurrentUpgradedConnections = options.ConnectionsMax;
        // The handler refuses long bodies itself, with a JSON answer; what it does not read is never kept.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        return kestrel;
    }

    private static WebSocketOptions SocketOptions() => new()
    {
        KeepAliveInterval = TimeSpan.FromSeconds(27),
        KeepAliveTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Gives Kestrel's connections to one delegate.</summary>
    private sealed class HttpApplication(RequestDelegate handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handle(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
