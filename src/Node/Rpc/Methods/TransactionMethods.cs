using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Primitives.Merkle;

namespace Chain.Node.Rpc.Methods;

/// <summary>Transactions on their way in, waiting, and in blocks.</summary>
internal sealed class TransactionMethods
{
    private readonly RpcPorts _ports;
    private readonly TimeSpan _commitWaitMax;

    public TransactionMethods(RpcPorts ports, RpcOptions options)
    {
        _ports = ports;
        _commitWaitMax = TimeSpan.FromMilliseconds(options.CommitWaitMsMax);
    }

    public IEnumerable<RpcMethod> All =>
    [
        new RpcMethod("broadcast_tx_sync", ["tx"], call => BroadcastAsync(call, showsResult: true)),
        new RpcMethod("broadcast_tx_async", ["tx"], call => BroadcastAsync(call, showsResult: false)),
        new RpcMethod("broadcast_tx_commit", ["tx"], BroadcastCommitAsync),
        new RpcMethod("check_tx", ["tx"], CheckAsync),
        RpcMethod.Of("tx", ["hash", "prove"], Transaction),
        RpcMethod.Of("num_unconfirmed_txs", [], _ => Unconfirmed(null)),
        RpcMethod.Of("unconfirmed_txs", ["limit"], UnconfirmedList),
    ];

    /// <summary>
    /// Both kinds wait for the mempool: answering first would leave work behind that no connection limit bounds. The
    /// asynchronous one only keeps the verdict to itself.
    /// </summary>
    private async ValueTask<RpcAnswer> BroadcastAsync(RpcCall call, bool showsResult)
    {
        byte[] transaction = call.Arguments.Bytes("tx");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        AdmissionResult result = await _ports.Intake.SubmitAsync(transaction, call.Cancellation).ConfigureAwait(false);
        AdmissionResult shown = showsResult ? result : new AdmissionResult(0, "", result.Id);
        return RpcAnswer.Object(writer =>
        {
            writer.WriteNumber("code", shown.Code);
            writer.WriteString("data", "");
            writer.WriteString("log", shown.Log);
            writer.WriteString("codespace", ResultJson.CodespaceOf(shown.Code));
            writer.HexUpper("hash", shown.Id.Span);
        });
    }

    private async ValueTask<RpcAnswer> BroadcastCommitAsync(RpcCall call)
    {
        byte[] transaction = call.Arguments.Bytes("tx");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        AdmissionResult admission = await _ports.Intake.SubmitAsync(transaction, call.Cancellation).ConfigureAwait(false);
        if (admission.Code != 0) return Committed(admission, null, new Height(0));
        (Height Height, int Index)? place = await WaitForBlockAsync(admission.Id, call.Cancellation).ConfigureAwait(false);
        if (place is not { } at)
        {
            return RpcAnswer.Fail(RpcError.Internal(
                $"timed out waiting for tx to be included in a block; it may still be: ask for tx {admission.Id}"));
        }
        return Committed(admission, _ports.Blocks.LoadResults(at.Height)?.Transactions[at.Index], at.Height);
    }

    private static RpcAnswer Committed(AdmissionResult admission, TransactionResult? result, Height height) =>
        RpcAnswer.Object(writer =>
        {
            writer.WritePropertyName("check_tx");
            writer.CheckResult(admission);
            writer.WritePropertyName("tx_result");
            writer.ExecResult(result ?? new TransactionResult(0, default, 0, 0, []));
            writer.HexUpper("hash", admission.Id.Span);
            writer.Int64("height", height.Value);
        });

    /// <summary>Where the transaction landed; null when the time is up.</summary>
    private async Task<(Height Height, int Index)?> WaitForBlockAsync(Hash256 id, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(_commitWaitMax);
        while (true)
        {
            // Taken before the look-up: a block that comes in between wakes us at once.
            Height seen = _ports.Feed.Latest?.Height ?? new Height(0);
            if (_ports.Blocks.FindTransaction(id) is { } place) return place;
            try
            {
                await _ports.Feed.WaitBeyondAsync(seen, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private async ValueTask<RpcAnswer> CheckAsync(RpcCall call)
    {
        byte[] transaction = call.Arguments.Bytes("tx");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        AdmissionResult result = await _ports.Intake.CheckAsync(transaction, call.Cancellation).ConfigureAwait(false);
        return new RpcAnswer(null, writer => writer.CheckResult(result));
    }

    private RpcAnswer Transaction(RpcCall call)
    {
        byte[] hash = call.Arguments.HashBytes("hash");
        bool prove = call.Arguments.Bool("prove");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        if (hash.Length != Hash256.Size
            || _ports.Blocks.FindTransaction(Hash256.From(hash)) is not { } place
            || _ports.Blocks.LoadBlock(place.Height) is not { } block
            || _ports.Blocks.LoadResults(place.Height) is not { } results)
        {
            return RpcAnswer.Fail(RpcError.Internal($"tx ({Hex.Upper(hash)}) not found"));
        }
        return RpcAnswer.Object(writer => Write(writer, block, results, place.Index, prove));
    }

    /// <summary>The fields of one transaction in its block.</summary>
    internal static void Write(Utf8JsonWriter writer, Block block, BlockResults results, int index, bool prove)
    {
        writer.HexUpper("hash", Sha256.Hash(block.Transactions[index]).Span);
        writer.Int64("height", block.Header.Height.Value);
        writer.WriteNumber("index", index);
        writer.WritePropertyName("tx_result");
        writer.ExecResult(results.Transactions[index]);
        writer.WriteBase64String("tx", block.Transactions[index]);
        if (prove) Proof(writer, block, index);
    }

    /// <summary>Membership under data_hash, whose leaves are the transaction ids.</summary>
    private static void Proof(Utf8JsonWriter writer, Block block, int index)
    {
        List<byte[]> ids = new(block.Transactions.Count);
        foreach (byte[] transaction in block.Transactions) ids.Add(Sha256.Hash(transaction).ToArray());
        MerkleProof proof = MerkleTree.Prove(ids, index);
        writer.WriteStartObject("proof");
        writer.HexUpper("root_hash", block.Header.DataHash.Span);
        writer.WriteBase64String("data", block.Transactions[index]);
        writer.WriteStartObject("proof");
        writer.Int64("total", proof.Total);
        writer.Int64("index", proof.Index);
        writer.WriteBase64String("leaf_hash", proof.LeafHash.Span);
        writer.WriteStartArray("aunts");
        foreach (Hash256 aunt in proof.Aunts) writer.WriteBase64StringValue(aunt.Span);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private RpcAnswer UnconfirmedList(RpcCall call)
    {
        int limit = Paging.PerPage(call.Arguments.Int32("limit"));
        return call.Arguments.Error is { } error ? RpcAnswer.Fail(error) : Unconfirmed(_ports.Intake.Peek(limit));
    }

    private RpcAnswer Unconfirmed(IReadOnlyList<byte[]>? list)
    {
        int total = _ports.Intake.Count;
        long totalBytes = _ports.Intake.TotalBytes;
        return RpcAnswer.Object(writer =>
        {
            writer.Int64("n_txs", list?.Count ?? total);
            writer.Int64("total", total);
            writer.Int64("total_bytes", totalBytes);
            if (list is null)
            {
                writer.WriteNull("txs");
                return;
            }
            writer.WriteStartArray("txs");
            foreach (byte[] transaction in list) writer.WriteBase64StringValue(transaction);
            writer.WriteEndArray();
        });
    }
}
