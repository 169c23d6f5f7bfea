using System;
using System.Collections.Generic;
using Chain.Node.Rpc.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Rpc.Methods;

/// <summary>Blocks, headers, commits, results and validator sets, from the block store.</summary>
internal sealed class BlockMethods
{
    private const long BlockchainMetasMax = 20;

    private readonly BlockStore _blocks;

    public BlockMethods(RpcPorts ports) => _blocks = ports.Blocks;

    public IEnumerable<RpcMethod> All =>
    [
        RpcMethod.Of("block", ["height"], call => AtHeight(call, BlockAt)),
        RpcMethod.Of("block_by_hash", ["hash"], call => ByHash(call, call.Arguments.HashBytes("hash"), BlockAt)),
        RpcMethod.Of("header", ["height"], call => AtHeight(call, HeaderAt)),
        RpcMethod.Of("header_by_hash", ["hash"], call => ByHash(call, call.Arguments.HexBytes("hash"), HeaderAt)),
        RpcMethod.Of("blockchain", ["minHeight", "maxHeight"], Blockchain),
        RpcMethod.Of("block_results", ["height"], call => AtHeight(call, ResultsAt)),
        RpcMethod.Of("commit", ["height"], call => AtHeight(call, CommitAt)),
        RpcMethod.Of("validators", ["height", "page", "per_page"], Validators),
    ];

    private RpcAnswer AtHeight(RpcCall call, Func<Height, RpcAnswer> answer)
    {
        RpcError? error = HeightArgument.Read(call, _blocks, _blocks.Last, out Height height);
        return error is null ? answer(height) : RpcAnswer.Fail(error);
    }

    private RpcAnswer ByHash(RpcCall call, byte[] hash, Func<Height, RpcAnswer> answer)
    {
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        Height? height = hash.Length == Hash256.Size ? _blocks.FindBlock(Hash256.From(hash)) : null;
        return answer(height ?? new Height(0));
    }

    /// <summary>A block that is not there answers nil fields, as in CometBFT.</summary>
    private RpcAnswer BlockAt(Height height)
    {
        BlockId? id = _blocks.LoadId(height);
        Block? block = _blocks.LoadBlock(height);
        return RpcAnswer.Object(writer =>
        {
            writer.BlockId("block_id", id ?? BlockId.Nil);
            if (block is null) writer.WriteNull("block");
            else writer.Block("block", block);
        });
    }

    private RpcAnswer HeaderAt(Height height)
    {
        BlockMeta? meta = _blocks.LoadMeta(height);
        return RpcAnswer.Object(writer =>
        {
            if (meta is null) writer.WriteNull("header");
            else writer.Header("header", meta.Header);
        });
    }

    private RpcAnswer Blockchain(RpcCall call)
    {
        long min = call.Arguments.Int64("minHeight") ?? 0;
        long max = call.Arguments.Int64("maxHeight") ?? 0;
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        if (min < 0 || max < 0) return RpcAnswer.Fail(RpcError.Internal("heights must be non-negative"));
        long last = _blocks.Last.Value;
        max = max == 0 ? last : Math.Min(max, last);
        min = Math.Max(Math.Max(min, _blocks.First.Value), max - BlockchainMetasMax + 1);
        if (min > max) return RpcAnswer.Fail(RpcError.Internal($"min height {min} can't be greater than max height {max}"));
        List<BlockMeta> metas = [];
        for (long height = max; height >= min; height--)
        {
            if (_blocks.LoadMeta(new Height(height)) is { } meta) metas.Add(meta);
        }
        return RpcAnswer.Object(writer =>
        {
            writer.Int64("last_height", last);
            writer.WriteStartArray("block_metas");
            foreach (BlockMeta meta in metas) writer.Meta(meta);
            writer.WriteEndArray();
        });
    }

    private RpcAnswer ResultsAt(Height height)
    {
        if (_blocks.LoadResults(height) is not { } results)
        {
            return RpcAnswer.Fail(RpcError.Internal($"could not find results for height #{height.Value}"));
        }
        return RpcAnswer.Object(writer =>
        {
            writer.Int64("height", height.Value);
            writer.ExecResults("txs_results", results.Transactions);
            writer.BlockOutcome("finalize_block_events", results);
        });
    }

    private RpcAnswer CommitAt(Height height)
    {
        if (_blocks.LoadMeta(height) is not { } meta || _blocks.LoadCommit(height, out bool canonical) is not { } commit)
        {
            return RpcAnswer.Fail(RpcError.Internal($"height {height.Value} is not available"));
        }
        return RpcAnswer.Object(writer =>
        {
            writer.WriteStartObject("signed_header");
            writer.Header("header", meta.Header);
            writer.Commit("commit", commit);
            writer.WriteEndObject();
            writer.WriteBoolean("canonical", canonical);
        });
    }

    private RpcAnswer Validators(RpcCall call)
    {
        // The newest set that is known decides the height after the last block.
        RpcError? error = HeightArgument.Read(call, _blocks, _blocks.Last.Next, out Height height);
        if (error is not null) return RpcAnswer.Fail(error);
        if (_blocks.LoadValidators(height) is not { } set)
        {
            return RpcAnswer.Fail(RpcError.Internal($"could not find validator set for height #{height.Value}"));
        }
        error = Paging.Read(call.Arguments, set.Count, out Paging paging);
        if (error is not null) return RpcAnswer.Fail(error);
        return RpcAnswer.Object(writer =>
        {
            writer.Int64("block_height", height.Value);
            writer.Validators("validators", set.Validators, paging.Skip, paging.Count);
            writer.Int64("count", paging.Count);
            writer.Int64("total", set.Count);
        });
    }
}
