using System;
using System.Collections.Generic;
using System.IO;
using Chain.Node.Hosting;
using Chain.Node.Storage;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Node.Export;

/// <summary>
/// Takes the store of a stopped node back to an earlier kept height: state, trees, history, blocks and indexes. The blocks
/// above it move to the write-ahead log as decided, so that the next start executes them again: a decided block is
/// never undone, and the sign guard, which stays as it is, would let nobody make others.
/// </summary>
public static class ChainRollback
{
    /// <param name="height">Null for the one before the newest.</param>
    public static RollbackReport Run(NodeHome home, Height? height)
    {
        using StoppedHome opened = StoppedHome.Open(home);
        FinishEarlier(home);
        Height from = (Height)opened.State.Newest!;
        Height to = height ?? new Height(from.Value - 1);
        WriteBatch batch = new();
        if (!StateRollback.TryPrepare(opened.Store, to, batch))
        {
            throw new NodeStopException(
                ExitCode.BadInput,
                $"the state of height {to} is not kept here, so nothing was changed; the newest is {from}",
                $"Choose a height from {Math.Max(opened.State.PrunedBelow.Value, opened.Genesis.InitialHeight - 1)} to {from}.");
        }
        opened.Blocks.RollBackTo(to, batch);
        RollbackReport report = new(from, to, opened.State.AppHash(to), opened.Guard.Height);
        if (from == to) return report;
        // First the log, which the start skips up to the store's height, then the store: a stop in between harms nothing.
        WriteLog(home, opened.Blocks, to, from);
        opened.Store.Write(batch, sync: true);
        Directory.Delete(OldLog(home), recursive: true);
        return report;
    }

    private static string NewLog(NodeHome home) => home.LogFolder + ".new";

    private static string OldLog(NodeHome home) => home.LogFolder + ".old";

    /// <summary>A rollback that was stopped between its two renames has left the whole log under its old name.</summary>
    private static void FinishEarlier(NodeHome home)
    {
        if (!Directory.Exists(home.LogFolder) && Directory.Exists(OldLog(home))) Directory.Move(OldLog(home), home.LogFolder);
        if (Directory.Exists(NewLog(home))) Directory.Delete(NewLog(home), recursive: true);
        if (Directory.Exists(OldLog(home))) Directory.Delete(OldLog(home), recursive: true);
    }

    /// <summary>Decided blocks of the store, then what the log holds above them.</summary>
    private static void WriteLog(NodeHome home, BlockStore blocks, Height to, Height from)
    {
        try
        {
            List<byte[]> above = RecordsAbove(home, from);
            using (WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), NewLog(home), out _))
            {
                for (Height height = to.Next; height <= from; height = height.Next)
                {
                    StoredBlock stored = blocks.Load(height)
                        ?? throw new NodeStopException(ExitCode.Storage, $"block {height} is not in the store", "Choose a higher --height.");
                    log.Append(new WalRecord.BlockStored(height, stored.Id, stored.Block.Encode()).Encode());
                    log.Append(new WalRecord.Decided(stored.SeenCommit).Encode());
                }
                foreach (byte[] record in above) log.Append(record);
                log.Sync();
            }
            Directory.Move(home.LogFolder, OldLog(home));
            Directory.Move(NewLog(home), home.LogFolder);
            new RealDisk().SyncDirectory(Path.GetDirectoryName(home.LogFolder)!);
        }
        catch (Exception e) when (e is StorageException or IOException)
        {
            throw new NodeStopException(ExitCode.Storage, $"the log cannot be written: {e.Message}", "Nothing was rolled back. Make room and repeat.", e);
        }
    }

    private static List<byte[]> RecordsAbove(NodeHome home, Height from)
    {
        using WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), home.LogFolder, out WalContents contents);
        List<byte[]> above = [];
        foreach (byte[] bytes in contents.Records)
        {
            if (!WalRecord.TryDecode(bytes, out WalRecord record, out DecodeError error))
            {
                throw new NodeStopException(ExitCode.Storage, $"a record of the log is {error}", "Restore the data folder from a backup.");
            }
            if (record.AtHeight > from) above.Add(bytes);
        }
        return above;
    }
}
