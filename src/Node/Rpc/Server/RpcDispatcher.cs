using System;
using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc.Json;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// JSON-RPC 2.0 without a transport: bytes in, bytes out, never an exception. Codes, texts and shapes are those of
/// CometBFT's <c>rpc/jsonrpc/server</c>.
/// </summary>
internal sealed partial class RpcDispatcher
{
    /// <summary>The id of an answer to a GET, which carries none.</summary>
    private const string UriRequestId = "-1";

    private readonly FrozenDictionary<string, RpcMethod> _methods;
    private readonly int _batchRequestsMax;
    private readonly ILogger _logger;

    public RpcDispatcher(IEnumerable<RpcMethod> methods, int batchRequestsMax, ILogger logger)
    {
        Dictionary<string, RpcMethod> byName = [];
        foreach (RpcMethod method in methods) byName.Add(method.Name, method);
        _methods = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _batchRequestsMax = batchRequestsMax;
        _logger = logger;
    }

    public IEnumerable<RpcMethod> Methods => _methods.Values;

    /// <summary>Answers the body of a POST or a WebSocket message; empty where only notifications came.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> HandleAsync(
        ReadOnlyMemory<byte> body, SocketSession? session, CancellationToken cancellation)
    {
        JsonDocument document;
        try
        {
            if (!Utf8.IsValid(body.Span)) return Error("null", RpcError.Parse("error unmarshaling request: invalid UTF-8"));
            document = JsonDocument.Parse(body);
        }
        catch (JsonException fault)
        {
            return Error("null", RpcError.Parse($"error unmarshaling request: {fault.Message}"));
        }
        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array) return await HandleBatchAsync(root, session, cancellation).ConfigureAwait(false);
            ArrayBufferWriter<byte> output = new();
            if (!TryRead(root, out Request request, out string why)) return Error("null", RpcError.Parse(why));
            if (request.Id is not null) await AnswerAsync(request, session, output, cancellation).ConfigureAwait(false);
            return output.WrittenMemory;
        }
    }

    /// <summary>Answers a GET of one method; false when the answer is an error.</summary>
    public async ValueTask<(ReadOnlyMemory<byte> Body, bool IsOk)> HandleUriAsync(
        RpcMethod method, IReadOnlyDictionary<string, string> query, CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> output = new();
        RpcArguments arguments = RpcArguments.FromQuery(method.Parameters, query);
        bool isOk = await InvokeAsync(method, arguments, UriRequestId, null, output, cancellation).ConfigureAwait(false);
        return (output.WrittenMemory, isOk);
    }

    /// <summary>The method of that name which a GET may call.</summary>
    public RpcMethod? FindForUri(string name) =>
        _methods.TryGetValue(name, out RpcMethod? method) && !method.NeedsSocket ? method : null;

    /// <summary>A whole response; <paramref name="id"/> is raw JSON.</summary>
    public static ReadOnlyMemory<byte> Response(string id, RpcAnswer answer)
    {
        ArrayBufferWriter<byte> output = new();
        Write(output, id, answer);
        return output.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Error(string id, RpcError error) => Response(id, RpcAnswer.Fail(error));

    private async ValueTask<ReadOnlyMemory<byte>> HandleBatchAsync(
        JsonElement root, SocketSession? session, CancellationToken cancellation)
    {
        int count = root.GetArrayLength();
        if (count == 0) return Error("null", RpcError.InvalidRequest("the batch is empty"));
        if (count > _batchRequestsMax)
        {
            return Error("null", RpcError.InvalidRequest(
                $"batch request exceeds maximum ({_batchRequestsMax}) allowed number of requests"));
        }
        List<Request> requests = [];
        foreach (JsonElement item in root.EnumerateArray())
        {
            if (!TryRead(item, out Request request, out string why)) return Error("null", RpcError.Parse(why));
            if (request.Id is not null) requests.Add(request);
        }
        ArrayBufferWriter<byte> all = new();
        // As in CometBFT, one answer comes without brackets.
        if (requests.Count > 1) all.Write("["u8);
        for (int i = 0; i < requests.Count; i++)
        {
            if (i > 0) all.Write(","u8);
            ArrayBufferWriter<byte> one = new();
            await AnswerAsync(requests[i], session, one, cancellation).ConfigureAwait(false);
            all.Write(one.WrittenSpan);
        }
        if (requests.Count > 1) all.Write("]"u8);
        return all.WrittenMemory;
    }

    private async ValueTask AnswerAsync(
        Request request, SocketSession? session, ArrayBufferWriter<byte> output, CancellationToken cancellation)
    {
        bool isKnown = _methods.TryGetValue(request.Method, out RpcMethod? method) && (!method.NeedsSocket || session is not null);
        if (!isKnown)
        {
            Write(output, request.Id!, RpcAnswer.Fail(RpcError.MethodNotFound));
            return;
        }
        RpcArguments arguments = RpcArguments.FromJson(method!.Parameters, request.Params);
        await InvokeAsync(method, arguments, request.Id!, session, output, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<bool> InvokeAsync(
        RpcMethod method,
        RpcArguments arguments,
        string id,
        SocketSession? session,
        ArrayBufferWriter<byte> output,
        CancellationToken cancellation)
    {
        try
        {
            RpcAnswer answer = arguments.Error is { } error
                ? RpcAnswer.Fail(error)
                : await method.InvokeAsync(new RpcCall(arguments, id, session, cancellation)).ConfigureAwait(false);
            Write(output, id, answer);
            return answer.Error is null;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Whatever a client asked for, the node lives on; the log says what to mend.
            LogFault(_logger, method.Name, fault);
            output.ResetWrittenCount();
            Write(output, id, RpcAnswer.Fail(RpcError.Internal(fault.Message)));
            return false;
        }
    }

    private static void Write(ArrayBufferWriter<byte> output, string id, RpcAnswer answer)
    {
        using Utf8JsonWriter writer = new(output, JsonFields.Options);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WritePropertyName("id");
        writer.WriteRawValue(id, skipInputValidation: true);
        if (answer.Error is { } error)
        {
            writer.WriteStartObject("error");
            writer.WriteNumber("code", error.Code);
            writer.WriteString("message", error.Message);
            if (error.Data.Length > 0) writer.WriteString("data", error.Data);
            writer.WriteEndObject();
        }
        else
        {
            writer.WritePropertyName("result");
            answer.WriteResult!(writer);
        }
        writer.WriteEndObject();
    }

    /// <summary>False for what Go's decoder refuses: no object, a method that is no string, an id that is no integer or string.</summary>
    private static bool TryRead(JsonElement json, out Request request, out string why)
    {
        request = default;
        why = "error unmarshaling request: a request is a JSON object";
        if (json.ValueKind != JsonValueKind.Object) return false;
        string? id = null;
        if (json.TryGetProperty("id", out JsonElement idJson) && idJson.ValueKind != JsonValueKind.Null)
        {
            bool isInteger = idJson.ValueKind == JsonValueKind.Number && idJson.TryGetInt64(out _);
            why = "error unmarshaling request: json-rpc ID must be an integer or a string";
            if (!isInteger && idJson.ValueKind != JsonValueKind.String) return false;
            id = idJson.GetRawText();
        }
        string method = "";
        if (json.TryGetProperty("method", out JsonElement methodJson) && methodJson.ValueKind != JsonValueKind.Null)
        {
            why = "error unmarshaling request: the method is no string";
            if (methodJson.ValueKind != JsonValueKind.String) return false;
            // The raw text needs no unescaping: no method's name has a character that JSON escapes.
            method = methodJson.GetRawText()[1..^1];
        }
        json.TryGetProperty("params", out JsonElement parameters);
        request = new Request(id, method, parameters);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "RPC method {Method} failed")]
    private static partial void LogFault(ILogger logger, string method, Exception fault);

    /// <param name="Id">Raw JSON, or null for a notification, which gets no answer.</param>
    private readonly record struct Request(string? Id, string Method, JsonElement Params);
}
