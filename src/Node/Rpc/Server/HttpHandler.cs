using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// The HTTP side: POST on the root is JSON-RPC and always answers status 200, since clients look at the status before the
/// error; GET on a method's name takes a query string; <c>/websocket</c> upgrades; <c>/transactions</c> takes batches.
/// </summary>
internal sealed class HttpHandler
{
    private const int BodyChunkBytes = 16 * 1024;

    private readonly RpcDispatcher _dispatcher;
    private readonly RpcOptions _options;
    private readonly OriginPolicy _policy;
    private readonly BatchHandler _batches;
    private readonly Func<WebSocket, CancellationToken, Task> _runSocketAsync;

    public HttpHandler(
        RpcDispatcher dispatcher, RpcOptions options, BatchHandler batches, Func<WebSocket, CancellationToken, Task> runSocketAsync)
    {
        _batches = batches;
        _dispatcher = dispatcher;
        _options = options;
        _policy = new OriginPolicy(options);
        _runSocketAsync = runSocketAsync;
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (!_policy.TakesHost(context.Request.Host) || !_policy.TakesOrigin(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        string name = (context.Request.Path.Value ?? "").Trim('/');
        if (name == "websocket") await UpgradeAsync(context).ConfigureAwait(false);
        else if (BatchHandler.IsFor(context.Request, name)) await BatchAsync(context).ConfigureAwait(false);
        else if (name is "" or "v1" && HttpMethods.IsPost(context.Request.Method)) await PostAsync(context).ConfigureAwait(false);
        else if (name is "" or "v1") await ListAsync(context).ConfigureAwait(false);
        else await GetAsync(context, name.StartsWith("v1/", StringComparison.Ordinal) ? name[3..] : name).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext context)
    {
        ReadOnlyMemory<byte>? body = await ReadBodyAsync(context).ConfigureAwait(false);
        if (body is not { } bytes)
        {
            RpcError tooLarge = RpcError.InvalidRequest("error reading request body: http: request body too large");
            await WriteJsonAsync(context, StatusCodes.Status200OK, RpcDispatcher.Error("null", tooLarge)).ConfigureAwait(false);
            return;
        }
        if (bytes.IsEmpty)
        {
            await ListAsync(context).ConfigureAwait(false);
            return;
        }
        ReadOnlyMemory<byte> answer = await _dispatcher.HandleAsync(bytes, null, context.RequestAborted).ConfigureAwait(false);
        await WriteJsonAsync(context, StatusCodes.Status200OK, answer).ConfigureAwait(false);
    }

    private async Task BatchAsync(HttpContext context)
    {
        if (await ReadBodyAsync(context).ConfigureAwait(false) is { } body) await _batches.HandleAsync(context, body).ConfigureAwait(false);
        else context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    private async Task GetAsync(HttpContext context, string name)
    {
        if (_dispatcher.FindForUri(name) is not { } method)
        {
            ReadOnlyMemory<byte> unknown = RpcDispatcher.Error("-1", RpcError.MethodNotFound);
            await WriteJsonAsync(context, StatusCodes.Status404NotFound, unknown).ConfigureAwait(false);
            return;
        }
        Dictionary<string, string> query = new(StringComparer.Ordinal);
        foreach ((string key, StringValues values) in context.Request.Query) query[key] = values.Count > 0 ? values[0] ?? "" : "";
        (ReadOnlyMemory<byte> body, bool isOk) =
            await _dispatcher.HandleUriAsync(method, query, context.RequestAborted).ConfigureAwait(false);
        int status = isOk ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        await WriteJsonAsync(context, status, body).ConfigureAwait(false);
    }

    private async Task UpgradeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        await _runSocketAsync(socket, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A page with the methods, for people. Links are relative: nothing of the request comes back.</summary>
    private async Task ListAsync(HttpContext context)
    {
        List<string> lines = [];
        foreach (RpcMethod method in _dispatcher.Methods)
        {
            if (method.NeedsSocket) continue;
            string target = method.Parameters.Length == 0 ? method.Name : $"{method.Name}?{string.Join("=_&", method.Parameters)}=_";
            lines.Add($"<a href=\"/{target}\">/{target}</a><br>");
        }
        lines.Sort(StringComparer.Ordinal);
        byte[] page = Encoding.UTF8.GetBytes($"<html><body>Available endpoints:<br>{string.Concat(lines)}</body></html>");
        context.Response.ContentType = "text/html";
        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The whole body, or null when it is longer than allowed. Memory grows only with what has arrived.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > _options.BodyBytesMax) return null;
        int sizeHint = (int)Math.Clamp(context.Request.ContentLength ?? BodyChunkBytes, 1, BodyChunkBytes);
        ArrayBufferWriter<byte> body = new(sizeHint);
        while (true)
        {
            Memory<byte> free = body.GetMemory();
            int read = await context.Request.Body.ReadAsync(free, context.RequestAborted).ConfigureAwait(false);
            if (read == 0) return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > _options.BodyBytesMax) return null;
        }
    }

    private static async Task WriteJsonAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
