using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc.Json;
using Chain.Node.Rpc.Server;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Rpc.Methods;

/// <summary>
/// <c>tx_search</c> and <c>block_search</c> over the blocks themselves: there is no index of events to keep. A query by <c>tx.hash</c>
/// is one look-up; any other walks the heights that its conditions on <c>tx.height</c> or <c>block.height</c> leave, up to the
/// bounds of <see cref="RpcOptions"/>, and beyond them asks for a narrower range instead of answering in part.
/// </summary>
internal sealed class SearchMethods : IDisposable
{
    private const string HashKey = "tx.hash";
    private const string TransactionHeightKey = "tx.height";

    private readonly RpcPorts _ports;
    private readonly RpcOptions _options;
    private readonly SemaphoreSlim _turns;

    public SearchMethods(RpcPorts ports, RpcOptions options)
    {
        _ports = ports;
        _options = options;
        _turns = new SemaphoreSlim(options.SearchesAtOnceMax);
    }

    public IEnumerable<RpcMethod> All =>
    [
        new RpcMethod("tx_search", ["query", "prove", "page", "per_page", "order_by"], call => InTurnAsync(call, Transactions)),
        new RpcMethod("block_search", ["query", "page", "per_page", "order_by"], call => InTurnAsync(call, Blocks)),
    ];

    public void Dispose() => _turns.Dispose();

    private async ValueTask<RpcAnswer> InTurnAsync(RpcCall call, Func<RpcCall, EventQuery, RpcAnswer> search)
    {
        string text = call.Arguments.Text("query");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        if (!EventQuery.TryParse(text, out EventQuery query, out string why)) return RpcAnswer.Fail(RpcError.Internal(why));
        await _turns.WaitAsync(call.Cancellation).ConfigureAwait(false);
        try
        {
            return search(call, query);
        }
        finally
        {
            _turns.Release();
        }
    }

    private RpcAnswer Transactions(RpcCall call, EventQuery query)
    {
        bool prove = call.Arguments.Bool("prove");
        List<(Height Height, int Index)> found = [];
        RpcError? error = ReadOrder(call, isDescendingByDefault: false, out bool isDescending)
            ?? FindTransactions(query, found, call.Cancellation);
        if (error is not null) return RpcAnswer.Fail(error);
        if (isDescending) found.Reverse();
        error = Paging.Read(call.Arguments, found.Count, out Paging paging);
        if (error is not null) return RpcAnswer.Fail(error);
        return RpcAnswer.Object(writer =>
        {
            writer.WriteStartArray("txs");
            foreach ((Height height, int index) in found[paging.Skip..(paging.Skip + paging.Count)])
            {
                // Pruned since it was found: it is as if it had been before.
                if (_ports.Blocks.LoadBlock(height) is not { } block || _ports.Blocks.LoadResults(height) is not { } results) continue;
                writer.WriteStartObject();
                TransactionMethods.Write(writer, block, results, index, prove);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.Int64("total_count", found.Count);
        });
    }

    private RpcError? FindTransactions(EventQuery query, List<(Height, int)> found, CancellationToken cancellation)
    {
        foreach (QueryCondition condition in query.Conditions)
        {
            if (condition is not { Key: HashKey, Operator: QueryOperator.Equal }) continue;
            // As in CometBFT the hash decides alone.
            Span<byte> hash = stackalloc byte[Hash256.Size];
            if (!Hex.TryDecode(condition.Value, hash)) return RpcError.Internal($"the hash {condition.Value} has not 64 hexadecimal digits");
            if (_ports.Blocks.FindTransaction(Hash256.From(hash)) is { } place) found.Add(place);
            return null;
        }
        RpcError? error = ReadRange(query, TransactionHeightKey, out long first, out long last);
        if (error is not null) return error;
        int looked = 0;
        for (long at = first; at <= last; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            Height height = new(at);
            if (_ports.Blocks.LoadMeta(height) is not { TransactionCount: > 0 } meta) continue;
            looked += meta.TransactionCount;
            if (looked > _options.SearchTransactionsMax) return TooWide(TransactionHeightKey, $"{_options.SearchTransactionsMax} transactions");
            if (_ports.Blocks.Load(height) is not { } block) continue;
            int index = 0;
            foreach (ChainEvent happened in ChainEvent.Of("Tx", block))
            {
                if (happened.Matches(query)) found.Add((height, index));
                index++;
            }
        }
        return null;
    }

    private RpcAnswer Blocks(RpcCall call, EventQuery query)
    {
        List<Height> found = [];
        RpcError? error = ReadOrder(call, isDescendingByDefault: true, out bool isDescending)
            ?? FindBlocks(query, found, call.Cancellation);
        if (error is not null) return RpcAnswer.Fail(error);
        if (isDescending) found.Reverse();
        error = Paging.Read(call.Arguments, found.Count, out Paging paging);
        if (error is not null) return RpcAnswer.Fail(error);
        return RpcAnswer.Object(writer =>
        {
            writer.WriteStartArray("blocks");
            foreach (Height height in found[paging.Skip..(paging.Skip + paging.Count)])
            {
                if (_ports.Blocks.LoadId(height) is not { } id || _ports.Blocks.LoadBlock(height) is not { } block) continue;
                writer.WriteStartObject();
                writer.BlockId("block_id", id);
                writer.Block("block", block);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.Int64("total_count", found.Count);
        });
    }

    private RpcError? FindBlocks(EventQuery query, List<Height> found, CancellationToken cancellation)
    {
        RpcError? error = ReadRange(query, ChainEvent.BlockHeightKey, out long first, out long last);
        if (error is not null) return error;
        long looked = 0;
        for (long at = first; at <= last; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_ports.Blocks.LoadMeta(new Height(at)) is not { } meta) continue;
            // What a block costs to read grows with what is in it.
            looked += meta.TransactionCount;
            if (looked > _options.SearchTransactionsMax)
            {
                return TooWide(ChainEvent.BlockHeightKey, $"blocks with {_options.SearchTransactionsMax} transactions");
            }
            if (_ports.Blocks.LoadResults(new Height(at)) is not { } results) continue;
            if (ChainEvent.OfSearchedBlock(new Height(at), results).Matches(query)) found.Add(new Height(at));
        }
        return null;
    }

    /// <summary>The kept heights that the conditions on a key leave; an empty range where they leave none.</summary>
    private RpcError? ReadRange(EventQuery query, string key, out long first, out long last)
    {
        (first, last) = (Math.Max(1, _ports.Blocks.First.Value), _ports.Blocks.Last.Value);
        foreach (QueryCondition condition in query.Conditions)
        {
            if (condition.Key != key || condition.Number is not { } number) continue;
            long height = (long)Int128.Min(number, long.MaxValue - 1);
            switch (condition.Operator)
            {
                case QueryOperator.Equal: (first, last) = (Math.Max(first, height), Math.Min(last, height)); break;
                case QueryOperator.Less: last = Math.Min(last, height - 1); break;
                case QueryOperator.LessOrEqual: last = Math.Min(last, height); break;
                case QueryOperator.Greater: first = Math.Max(first, height + 1); break;
                case QueryOperator.GreaterOrEqual: first = Math.Max(first, height); break;
                default: break;
            }
        }
        return last - first >= _options.SearchHeightsMax ? TooWide(key, $"{_options.SearchHeightsMax} heights") : null;
    }

    private static RpcError TooWide(string key, string bound) =>
        RpcError.Internal($"the search would go through more than {bound}: narrow it, as with {key}>=1000 AND {key}<2000");

    private static RpcError? ReadOrder(RpcCall call, bool isDescendingByDefault, out bool isDescending)
    {
        string order = call.Arguments.Text("order_by");
        isDescending = order == "desc" || (order.Length == 0 && isDescendingByDefault);
        if (call.Arguments.Error is { } error) return error;
        return order is "" or "asc" or "desc"
            ? null
            : RpcError.Internal("expected order_by to be either `asc` or `desc` or empty");
    }
}
