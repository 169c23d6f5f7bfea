using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Errors;

namespace Chain.Client.Rpc;

/// <summary>JSON-RPC 2.0 over HTTP POST, as CometBFT v0.38 speaks it. One instance serves many calls at once.</summary>
public sealed class RpcClient : IDisposable
{
    /// <summary>Where a node listens unless told otherwise.</summary>
    public const string DefaultNode = "http://127.0.0.1:26657";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private int _lastId;

    /// <summary>Opens no connection yet. A URL that is none throws <see cref="ClientException"/>.</summary>
    public RpcClient(string node)
    {
        bool isHttp = Uri.TryCreate(node, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https";
        if (!isHttp)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"'{node}' is not the URL of a node.",
                "A node is named by its RPC address, which starts with http:// or https://.",
                $"Pass for example --node {DefaultNode}.");
        }
        Node = uri!;
        _http = new HttpClient { BaseAddress = uri, Timeout = CallTimeout };
    }

    public Uri Node { get; }

    /// <summary>Calls a method and returns its result. Every failure is a <see cref="ClientException"/>.</summary>
    public async Task<JsonElement> CallAsync(string method, JsonObject? parameters, CancellationToken cancel)
    {
        JsonObject request = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = Interlocked.Increment(ref _lastId),
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        // A null URI is the base address itself, so that a node behind a path keeps its path.
        byte[] answer = await PostAsync(method, null, "application/json", JsonSerializer.SerializeToUtf8Bytes(request), cancel);
        JsonElement root = Parse(answer);
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
            {
                throw Refused(method, error);
            }
            if (root.TryGetProperty("result", out JsonElement result)) return result;
        }
        throw BadAnswer($"It has neither a result nor an error for '{method}'.");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Posts bytes to a path that is no JSON-RPC method and returns the answer's bytes. Fails as <see cref="CallAsync"/> does.</summary>
    public Task<byte[]> PostAsync(string path, string mediaType, byte[] body, CancellationToken cancel) =>
        PostAsync(path, new Uri(path, UriKind.Relative), mediaType, body, cancel);

    private async Task<byte[]> PostAsync(string method, Uri? path, string mediaType, byte[] body, CancellationToken cancel)
    {
        try
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            using HttpResponseMessage response = await _http.PostAsync(path, content, cancel);
            // CometBFT answers some JSON-RPC errors with status 500 and a good body, so the body is read first.
            byte[] answer = await response.Content.ReadAsByteArrayAsync(cancel);
            if (response.IsSuccessStatusCode || answer is [(byte)'{', ..]) return answer;
            throw BadAnswer($"HTTP status {((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)} for '{method}'.");
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ClientException(ClientErrorCode.Timeout, $"The node at {Node} did not answer '{method}' in time.",
                $"Nothing came back within {CallTimeout.TotalSeconds} s.",
                "See whether the node is busy or stuck: chain status.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ClientException(ClientErrorCode.NodeUnreachable, $"No node answers at {Node}.", Trimmed(e),
                "Start one with 'chain dev' or 'chain start', or name another with --node URL.", e);
        }
    }

    private JsonElement Parse(byte[] answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw BadAnswer($"It is not JSON ({Trimmed(e)}).");
        }
    }

    private static ClientException Refused(string method, JsonElement error)
    {
        string message = RpcJson.TextOr(error, "message", "no message").TrimEnd('.');
        string data = RpcJson.TextOr(error, "data", "").TrimEnd('.');
        string why = data.Length > 0 ? $"{message}: {data}." : $"{message}.";
        return new ClientException(ClientErrorCode.RpcRefused, $"The node refused '{method}'.", why,
            "Check the arguments; 'chain status' shows what heights the node has.");
    }

    internal ClientException BadAnswer(string why) => new(ClientErrorCode.BadAnswer,
        $"The answer of {Node} is not that of a chain node.", why,
        "Check that --node points at the RPC port (26657 by default).");

    private static string Trimmed(Exception e) => e.Message.TrimEnd('.') + ".";
}
