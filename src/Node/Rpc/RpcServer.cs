using System;
using System.Collections.Generic;
using System.Net;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Rpc.Methods;
using Chain.Node.Rpc.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chain.Node.Rpc;

/// <summary>The JSON-RPC server: CometBFT v0.38's methods over HTTP POST, GET and WebSocket.</summary>
public sealed class RpcServer : IAsyncDisposable
{
    private readonly HttpServer _server;
    private readonly SearchMethods _search;
    private readonly EventBus _events;
    private readonly CancellationTokenSource _stopping = new();
    private Task _publishing = Task.CompletedTask;

    public RpcServer(RpcOptions options, RpcPorts ports, ILoggerFactory loggers)
    {
        _search = new SearchMethods(ports, options);
        Methods =
        [
            .. new InfoMethods(ports, () => Endpoint).All,
            .. new BlockMethods(ports).All,
            .. new ConsensusMethods(ports).All,
            .. new TransactionMethods(ports, options).All,
            .. _search.All,
            .. new QueryMethods(ports).All,
            .. SubscriptionMethods.All,
            .. ports.DevClock is { } clock ? new DevMethods(clock).All : [],
        ];
        RpcDispatcher dispatcher = new(Methods, options.BatchRequestsMax, loggers.CreateLogger<RpcServer>());
        _events = new EventBus(ports, options, loggers.CreateLogger<EventBus>());
        SubscriptionClients clients = new(options.SubscriptionClientsMax);
        HttpHandler handler = new(dispatcher, options, new BatchHandler(ports.Intake), RunSocketAsync);
        WebSocketMiddleware upgrades = new(handler.HandleAsync, Options.Create(SocketOptions()), loggers);
        _server = new HttpServer(options.Endpoint, options.ConnectionsMax, upgrades.Invoke, loggers);

        async Task RunSocketAsync(WebSocket socket, CancellationToken aborted)
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping.Token);
            using SocketSession session = new(socket, dispatcher, _events, options, clients);
            await session.RunAsync(either.Token).ConfigureAwait(false);
        }
    }

    internal IReadOnlyList<RpcMethod> Methods { get; }

    /// <summary>Where the server listens; the port is the real one once <see cref="StartAsync"/> has returned.</summary>
    public IPEndPoint Endpoint => _server.Endpoint;

    /// <summary>Binds and serves. A port that is taken throws <see cref="System.IO.IOException"/>.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await _server.StartAsync(cancellation).ConfigureAwait(false);
        _publishing = Task.Run(() => _events.RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Ends subscriptions, lets running answers out for a moment, and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _publishing.ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _search.Dispose();
        _stopping.Dispose();
    }

    private static WebSocketOptions SocketOptions() => new()
    {
        KeepAliveInterval = TimeSpan.FromSeconds(27),
        KeepAliveTimeout = TimeSpan.FromSeconds(30),
    };
}
