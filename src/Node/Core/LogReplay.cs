using System.Collections.Generic;
using Chain.Consensus.Recovery;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Microsoft.Extensions.Logging;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Node.Core;

/// <summary>
/// Brings the store up to the write-ahead log at start. What the log holds as decided is applied again; a gap between store,
/// log and sign guard stops the node, because only damage makes one.
/// </summary>
public static class LogReplay
{
    /// <summary>Returns the records of the height that was running, for the core.</summary>
    /// <param name="segmentHeight">Height of the log's newest segment: the store was synced up to the height before it.</param>
    public static IReadOnlyList<WalRecord> Run(
        IReadOnlyList<byte[]> log, long segmentHeight, BlockLedger ledger, SignGuard guard, ILogger logger)
    {
        Dictionary<BlockId, Block> blocks = [];
        List<WalRecord> running = [];
        Height first = ledger.Tip.Height.Next;
        foreach (byte[] bytes in log)
        {
            if (!WalRecord.TryDecode(bytes, out WalRecord record, out DecodeError error)) throw Damaged($"a record is {error}");
            if (record.AtHeight < ledger.Tip.Height.Next) continue;
            if (record.AtHeight > ledger.Tip.Height.Next)
            {
                throw Damaged($"the store ends at height {ledger.Tip.Height}, the log goes on at {record.AtHeight}");
            }
            if (record is WalRecord.BlockStored stored) blocks[stored.BlockId] = Decode(stored);
            if (record is not WalRecord.Decided decided)
            {
                running.Add(record);
                continue;
            }
            if (!blocks.TryGetValue(decided.Commit.BlockId, out Block? block))
            {
                throw Damaged($"the log holds the decision of height {decided.AtHeight} without its block");
            }
            ledger.Redo(block, decided.Commit);
            running.Clear();
            blocks.Clear();
        }
        if (ledger.Tip.Height >= first) NodeLog.Replayed(logger, first.Value, ledger.Tip.Height.Value);
        if (segmentHeight > ledger.Tip.Height.Next.Value)
        {
            throw Damaged($"the store was synced up to height {segmentHeight - 1}, and ends at {ledger.Tip.Height}");
        }
        if (guard.Height > ledger.Tip.Height.Next)
        {
            throw Damaged($"this node signed at height {guard.Height}, store and log end at {ledger.Tip.Height}");
        }
        ledger.ContinueSegment(segmentHeight);
        foreach ((BlockId id, Block block) in blocks) ledger.Remember(id, block);
        return running;
    }

    private static Block Decode(WalRecord.BlockStored stored) =>
        Block.TryDecode(stored.EncodedBlock.Span, out Block block, out DecodeError error)
            ? block
            : throw Damaged($"the block of height {stored.Height} is {error}");

    private static NodeStopException Damaged(string what) => new(
        ExitCode.Storage,
        $"the data folder is not whole: {what}",
        "Restore the data folder from a backup taken later, or start from an empty one and sync; "
        + "never copy back an older signer.state.");
}
