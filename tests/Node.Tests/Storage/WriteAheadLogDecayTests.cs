using System;
using System.Collections.Generic;
using Chain.Node.Storage;
using Chain.Node.Storage.Wal;
using Chain.Tests.Shared;
using Chain.Tests.Shared.Disk;
using FsCheck.Fluent;

namespace Chain.Node.Tests.Storage;

/// <summary>What was synced and has decayed is noticed, wherever it lies.</summary>
public sealed class WriteAheadLogDecayTests
{
    private const string Folder = "/wal";

    /// <summary>Any bit of any synced record, of the newest too: a stopped node leaves a mark behind it.</summary>
    [Fact]
    public void Changed_bit_in_a_log_that_was_synced_stops_the_start() => PropertyCheck.Holds(
        Gen.Choose(0, int.MaxValue),
        seed =>
        {
            Random random = new(seed);
            SimulatedDisk disk = new();
            List<byte[]> written = Fill(disk, random);
            IReadOnlyList<string> paths = disk.ListFiles(Folder);
            string path = paths[random.Next(paths.Count)];
            long at = random.NextInt64(disk.LengthOf(path));
            disk.FlipBit(path, at, random.Next(8));
            bool isLastMark = path == paths[^1] && at >= disk.LengthOf(path) - WalFolder.MarkBytes;
            try
            {
                using WriteAheadLog log = WriteAheadLog.Open(disk, Folder, out WalContents contents);
                return isLastMark && contents.Notice is not null && AreEqual(written, contents.Records);
            }
            catch (StorageException)
            {
                return !isLastMark;
            }
        });

    /// <summary>Random records in a few segments, all synced, by a process that then ended.</summary>
    private static List<byte[]> Fill(SimulatedDisk disk, Random random)
    {
        List<byte[]> written = [];
        using (WriteAheadLog log = WriteAheadLog.Open(disk, Folder, out _))
        {
            int count = random.Next(1, 30);
            for (int i = 0; i < count; i++)
            {
                byte[] record = new byte[random.Next(1, random.Next(8) == 0 ? 20_000 : 300)];
                random.NextBytes(record);
                log.Append(record);
                written.Add(record);
                if (random.Next(3) == 0) log.Sync();
                if (random.Next(8) == 0) log.StartSegment(log.Height + 1);
            }
            log.Append([1]);
            written.Add([1]);
            log.Sync();
        }
        disk.Kill();
        return written;
    }

    private static bool AreEqual(List<byte[]> written, IReadOnlyList<byte[]> read)
    {
        if (written.Count != read.Count) return false;
        for (int i = 0; i < read.Count; i++)
        {
            if (!written[i].AsSpan().SequenceEqual(read[i])) return false;
        }
        return true;
    }
}
