using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.Client;

/// <summary>
/// One node, with its answers as types. Nothing that it returns is verified (see <c>Light</c> for that). Every failure is
/// a <see cref="ClientException"/>.
/// </summary>
public sealed class ChainClient : IDisposable
{
    private const int ValidatorsPerPage = 100;

    /// <summary>
    /// Each call makes a block for every minute; this many stay well within the time that a call may take.
    /// </summary>
    private const long AdvanceSecondsPerCall = 600;

    private readonly RpcClient _rpc;

    public ChainClient(string node) => _rpc = new RpcClient(node);

    public Uri Node => _rpc.Node;

    public async Task<NodeStatus> StatusAsync(CancellationToken cancel) =>
        AnswerJson.Status(await _rpc.CallAsync("status", null, cancel));

    /// <summary>The peers that the node is connected to now.</summary>
    public async Task<IReadOnlyList<PeerAnswer>> PeersAsync(CancellationToken cancel) =>
        AnswerJson.Peers(await _rpc.CallAsync("net_info", null, cancel));

    /// <summary>The block at a height, or the newest.</summary>
    public async Task<BlockAnswer> BlockAsync(Height? height, CancellationToken cancel) =>
        AnswerJson.Block(await _rpc.CallAsync("block", AtHeight(height), cancel));

    /// <summary>The header at a height (or the newest) with the commit that decided it.</summary>
    public async Task<SignedHeader> CommitAsync(Height? height, CancellationToken cancel) =>
        AnswerJson.SignedHeader(await _rpc.CallAsync("commit", AtHeight(height), cancel));

    /// <summary>The validators that decide the block at a height, all pages.</summary>
    public async Task<IReadOnlyList<Validator>> ValidatorsAsync(Height? height, CancellationToken cancel)
    {
        List<Validator> validators = [];
        foreach (JsonElement item in await RawValidatorsAsync(height, cancel)) validators.Add(BlockJson.Validator(item));
        return validators;
    }

    /// <summary>Raw or typed state query. A refusal by the application is an exception with the chain's code.</summary>
    public async Task<QueryAnswer> QueryAsync(string path, ReadOnlyMemory<byte> data, Height? height, bool prove,
        CancellationToken cancel)
    {
        QueryAnswer answer = AnswerJson.Query(await RawQueryAsync(path, data, height, prove, cancel));
        if (answer.Code != 0) throw new ClientException(ErrorCatalog.Error(answer.Code, answer.Log));
        return answer;
    }

    /// <summary>The raw JSON of any method, for what has no type here.</summary>
    public Task<JsonElement> CallAsync(string method, JsonObject? parameters, CancellationToken cancel) =>
        _rpc.CallAsync(method, parameters, cancel);

    /// <summary>
    /// Sends a transaction and returns the node's first judgement, without waiting for a block. A refusal is a code in the answer, and no
    /// exception; <see cref="Transactions.TransactionWaiter.SendAsync"/> sends, waits, and throws unless the transaction took effect.
    /// </summary>
    public async Task<BroadcastAnswer> BroadcastAsync(ReadOnlyMemory<byte> transaction, CancellationToken cancel)
    {
        JsonElement answer = await _rpc.CallAsync("broadcast_tx_sync", OfTransaction(transaction), cancel);
        return new BroadcastAnswer(RpcJson.Hash(answer, "hash"), RpcJson.Code(answer), RpcJson.TextOr(answer, "log", ""));
    }

    /// <summary>Sends many transactions in one request and returns the node's first judgement of each, in their order.</summary>
    public async Task<IReadOnlyList<ResultCode>> BroadcastManyAsync(IReadOnlyList<byte[]> transactions, CancellationToken cancel)
    {
        byte[] batch = new TransactionBatch(transactions).Encode();
        byte[] bytes = await _rpc.PostAsync(TransactionBatch.HttpPath, TransactionBatch.MediaType, batch, cancel);
        bool isAnswer = TransactionBatchAnswer.TryDecode(bytes, out TransactionBatchAnswer answer, out _)
            && answer.Codes.Count == transactions.Count;
        return isAnswer ? answer.Codes : throw _rpc.BadAnswer($"It does not answer a batch of {transactions.Count} transactions.");
    }

    /// <summary>
    /// Sends a transaction and waits in one call. The fate is Included or Rejected; a node that gives up waiting makes this
    /// an exception, after which <see cref="Transactions.TransactionWaiter"/> still finds out.
    /// </summary>
    public async Task<SentTransaction> BroadcastCommitAsync(ReadOnlyMemory<byte> transaction, CancellationToken cancel)
    {
        JsonElement answer = await _rpc.CallAsync("broadcast_tx_commit", OfTransaction(transaction), cancel);
        Hash256 id = RpcJson.Hash(answer, "hash");
        ExecutionResult check = AnswerJson.Result(RpcJson.Field(answer, "check_tx"));
        if (check.Code != 0) return new SentTransaction(id, TransactionFate.Rejected, default, 0, check);
        ExecutionResult result = AnswerJson.Result(RpcJson.Field(answer, "tx_result"));
        return new SentTransaction(id, AnswerJson.FateOf(result), new Height(RpcJson.Long(answer, "height")), 0, result);
    }

    /// <summary>A transaction that is in a block, or null.</summary>
    public async Task<SentTransaction?> FindTransactionAsync(Hash256 id, CancellationToken cancel)
    {
        try
        {
            JsonObject parameters = new() { ["hash"] = Convert.ToBase64String(id.Span) };
            JsonElement answer = await _rpc.CallAsync("tx", parameters, cancel);
            ExecutionResult result = AnswerJson.Result(RpcJson.Field(answer, "tx_result"));
            Height height = new(RpcJson.Long(answer, "height"));
            int index = (int)Math.Clamp(RpcJson.LongOr(answer, "index", 0), 0, int.MaxValue);
            return new SentTransaction(id, AnswerJson.FateOf(result), height, index, result)
            {
                Transaction = RpcJson.Base64(answer, "tx"),
            };
        }
        catch (ClientException e) when (e.Error.Code == ClientErrorCode.RpcRefused
            && e.Error.Why.Contains("not found", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
    }

    /// <summary>
    /// Moves the clock of a dev node forward, with blocks on the way so that the market clock follows in full, and returns
    /// the time it shows then. Any other node refuses.
    /// </summary>
    public async Task<Timestamp> AdvanceClockAsync(long seconds, CancellationToken cancel)
    {
        Timestamp now = default;
        for (long left = seconds; left > 0; left -= AdvanceSecondsPerCall)
        {
            string step = Math.Min(left, AdvanceSecondsPerCall).ToString(CultureInfo.InvariantCulture);
            now = RpcJson.Time(await _rpc.CallAsync("dev_advance", new JsonObject { ["seconds"] = step }, cancel), "time");
        }
        return now;
    }

    /// <summary>
    /// Moves the clock of a dev node so that it shows a time when the machine's own clock stands at <paramref name="systemMs"/>,
    /// and returns the time of a block made then. For the nodes of a network, which move together, by less than the longest
    /// gap that the market counts.
    /// </summary>
    /// <param name="unixSeconds">Unix seconds.</param>
    /// <param name="systemMs">Unix milliseconds.</param>
    public async Task<Timestamp> AdvanceClockToAsync(long unixSeconds, long systemMs, CancellationToken cancel)
    {
        JsonObject parameters = new()
        {
            ["unix_seconds"] = unixSeconds.ToString(CultureInfo.InvariantCulture),
            ["system_ms"] = systemMs.ToString(CultureInfo.InvariantCulture),
        };
        return RpcJson.Time(await _rpc.CallAsync("dev_advance_to", parameters, cancel), "time");
    }

    public void Dispose() => _rpc.Dispose();

    internal Task<JsonElement> RawQueryAsync(
        string path, ReadOnlyMemory<byte> data, Height? height, bool prove, CancellationToken cancel)
    {
        JsonObject parameters = AtHeight(height);
        parameters["path"] = path;
        parameters["data"] = Hex.Lower(data.Span);
        parameters["prove"] = prove;
        return _rpc.CallAsync("abci_query", parameters, cancel);
    }

    internal Task<JsonElement> RawCommitAsync(Height height, CancellationToken cancel) =>
        _rpc.CallAsync("commit", AtHeight(height), cancel);

    internal async Task<IReadOnlyList<JsonElement>> RawValidatorsAsync(Height? height, CancellationToken cancel)
    {
        List<JsonElement> validators = [];
        for (int page = 1; ; page++)
        {
            JsonObject parameters = AtHeight(height);
            parameters["page"] = page.ToString(CultureInfo.InvariantCulture);
            parameters["per_page"] = ValidatorsPerPage.ToString(CultureInfo.InvariantCulture);
            JsonElement answer = await _rpc.CallAsync("validators", parameters, cancel);
            JsonElement[] items = RpcJson.Items(answer, "validators");
            validators.AddRange(items);
            // Later pages must be of the same height even when the chain moves on between the calls.
            height ??= new Height(RpcJson.Long(answer, "block_height"));
            bool isLast = validators.Count >= RpcJson.Long(answer, "total") || items.Length == 0;
            if (isLast || validators.Count > Limits.ValidatorsMax) return validators;
        }
    }

    private static JsonObject AtHeight(Height? height) =>
        height is { } at ? new JsonObject { ["height"] = at.ToString() } : [];

    private static JsonObject OfTransaction(ReadOnlyMemory<byte> transaction) =>
        new() { ["tx"] = Convert.ToBase64String(transaction.Span) };
}
