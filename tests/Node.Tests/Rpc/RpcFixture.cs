using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Rpc;

/// <summary>A server on a free loopback port over a chain of four validators, with a client for it.</summary>
internal sealed class RpcFixture : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly RpcServer _server;

    private RpcFixture(RpcOptions options, int validatorCount, bool isDev)
    {
        Chain = new TestChain(validatorCount);
        Node = new TestNode(Chain);
        RpcPorts ports = new(Node, Node, Chain.Store, Chain.Feed, isDev ? Node : null);
        _server = new RpcServer(options with { Endpoint = new IPEndPoint(IPAddress.Loopback, 0) }, ports, NullLoggerFactory.Instance);
    }

    public TestChain Chain { get; }

    public TestNode Node { get; }

    public IReadOnlyList<RpcMethod> Methods => _server.Methods;

    public Uri Url => new($"http://{_server.Endpoint}/");

    public static async Task<RpcFixture> StartAsync(
        int blockCount = 3, RpcOptions? options = null, bool isDev = false, int validatorCount = 4)
    {
        RpcFixture fixture = new(options ?? new RpcOptions(), validatorCount, isDev);
        for (int height = 1; height <= blockCount; height++)
        {
            fixture.Chain.Add(height == 2 ? [[1, 2, 3], [4, 5, 6, 7]] : []);
        }
        await fixture._server.StartAsync(CancellationToken.None);
        return fixture;
    }

    /// <summary>POSTs a body as it is; the answer must have status 200.</summary>
    public async Task<string> PostAsync(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(Url, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Calls a method and returns its whole response.</summary>
    public async Task<JsonElement> CallAsync(string method, string parameters = "{}")
    {
        string answer = await PostAsync($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""");
        using JsonDocument document = JsonDocument.Parse(answer);
        Assert.Equal("2.0", document.RootElement.GetProperty("jsonrpc").GetString());
        Assert.Equal(7, document.RootElement.GetProperty("id").GetInt32());
        return document.RootElement.Clone();
    }

    /// <summary>Calls a method that must succeed.</summary>
    public async Task<JsonElement> ResultAsync(string method, string parameters = "{}")
    {
        JsonElement response = await CallAsync(method, parameters);
        Assert.True(response.TryGetProperty("result", out JsonElement result), response.GetRawText());
        return result;
    }

    /// <summary>Calls a method that must fail.</summary>
    public async Task<(int Code, string Data)> ErrorAsync(string method, string parameters = "{}") =>
        ErrorOf(await CallAsync(method, parameters));

    /// <summary>Asks for an object by a typed path.</summary>
    public async Task<JsonElement> ObjectAsync(string path, string more = "\"prove\":false")
    {
        JsonElement response = (await ResultAsync("abci_query", $$"""{"path":"{{path}}",{{more}}}""")).GetProperty("response");
        Assert.True(response.GetProperty("code").GetInt32() == 0, response.GetRawText());
        using JsonDocument value = JsonDocument.Parse(response.GetProperty("value").GetBytesFromBase64());
        return value.RootElement.Clone();
    }

    public static (int Code, string Data) ErrorOf(JsonElement response)
    {
        Assert.True(response.TryGetProperty("error", out JsonElement error), response.GetRawText());
        string data = error.TryGetProperty("data", out JsonElement text) ? text.GetString()! : "";
        return (error.GetProperty("code").GetInt32(), data);
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string target)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(Url, target));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<ClientWebSocket> ConnectAsync()
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{_server.Endpoint}/websocket"), CancellationToken.None);
        return socket;
    }

    public static async Task SendAsync(ClientWebSocket socket, string text) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message, within five seconds.</summary>
    public static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        byte[] buffer = new byte[1 << 20];
        int length = 0;
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
            length += part.Count;
            if (part.EndOfMessage) break;
        }
        using JsonDocument document = JsonDocument.Parse(buffer.AsMemory(0, length));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        Chain.Dispose();
    }
}
