using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Chain.Client.Tests;

/// <summary>
/// An HTTP server that gives prepared answers, to show the client what a real node never sends. How the client works with a
/// real node is tested in Cli.Tests.
/// </summary>
internal sealed class CannedNode : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, (int Status, string Body)> _answer;
    private readonly Task _loop;

    /// <param name="answer">HTTP status and body for a method.</param>
    public CannedNode(Func<string, (int Status, string Body)> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    public string Url { get; }

    /// <summary>The methods that were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static string Result(string json) => $$"""{"jsonrpc":"2.0","id":1,"result":{{json}}}""";

    public static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _listener.Close();
        _loop.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using JsonDocument request = await JsonDocument.ParseAsync(context.Request.InputStream);
            string method = request.RootElement.GetProperty("method").GetString()!;
            Asked.Enqueue(method);
            (int status, string body) = _answer(method);
            context.Response.StatusCode = status;
            await using Stream output = context.Response.OutputStream;
            await output.WriteAsync(Encoding.UTF8.GetBytes(body));
        }
    }
}
