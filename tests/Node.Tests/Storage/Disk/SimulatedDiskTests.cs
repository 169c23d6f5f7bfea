using System;
using System.Collections.Generic;
using System.IO;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Tests.Shared.Disk;

namespace Chain.Node.Tests.Storage.Disk;

/// <summary>The disk under the crash tests promises what a disk promises, and no more.</summary>
public sealed class SimulatedDiskTests
{
    private const string FilePath = "/d/file";
    private const int SectorBytes = 512;

    [Fact]
    public void Both_disks_read_what_was_written_and_refuse_alike()
    {
        using TempFolder folder = new();
        foreach ((IDisk disk, string directory) in ((IDisk, string)[])[(new RealDisk(), folder.Root), (new SimulatedDisk(), "/d")])
        {
            disk.CreateDirectory(directory);
            string path = Path.Combine(directory, "a");
            Assert.Throws<FileNotFoundException>(() => disk.Open(path, DiskOpenMode.Open));
            using (IDiskFile file = disk.Open(path, DiskOpenMode.OpenOrCreate))
            {
                Assert.ThrowsAny<IOException>(() => disk.Open(path, DiskOpenMode.Open));
                file.Write([1, 2, 3], 4095);
                file.SetLength(4097);
                file.SetLength(4099);
                Assert.Equal([.. new byte[4095], 1, 2, 0, 0], DurableFile.ReadAll(file));
                Assert.Equal(0, file.Read(new byte[9], 4099));
            }
            Assert.ThrowsAny<IOException>(() => disk.Open(path, DiskOpenMode.CreateNew));
            DurableFile.CreateNew(disk, path + "b", [7]);
            Assert.ThrowsAny<IOException>(() => disk.Rename(path, path + "b"));
            Assert.Equal([path, path + "b"], Sorted(disk.ListFiles(directory)));
            disk.Delete(path);
            disk.Delete(path);
            Assert.False(disk.FileExists(path));
            Assert.ThrowsAny<IOException>(() => disk.ListFiles(path + "/none"));
        }
    }

    /// <summary>Synced bytes stay; of the others each sector is one that the file had since, and all mixtures come up.</summary>
    [Fact]
    public void Power_failure_keeps_the_synced_and_any_mixture_of_whole_sectors_of_the_rest()
    {
        HashSet<string> seen = [];
        for (int seed = 0; seed < 400; seed++)
        {
            SimulatedDisk disk = OneFile(out IDiskFile file);
            file.Write(Filled(3 * 4096, 1), 0);
            file.Sync();
            disk.SyncDirectory("/d");
            file.Write(Filled(2 * 4096, 2), 4096);
            disk.Crash(new Random(seed));
            Assert.Throws<SimulatedCrashException>(() => file.Sync());
            using IDiskFile again = disk.Open(FilePath, DiskOpenMode.Open);
            byte[] bytes = DurableFile.ReadAll(again);
            Assert.Equal(Filled(4096, 1), bytes[..4096]);
            string pattern = "";
            for (int at = 4096; at < bytes.Length; at += SectorBytes)
            {
                Assert.Equal(Filled(SectorBytes, bytes[at]), bytes[at..(at + SectorBytes)]);
                pattern += bytes[at];
            }
            seen.Add(pattern);
        }
        Assert.True(seen.Count > 60, $"{seen.Count} mixtures");
        Assert.Contains(new string('1', 16), seen);
        Assert.Contains(new string('2', 16), seen);
    }

    [Fact]
    public void Names_that_were_not_synced_may_be_lost_and_synced_ones_never()
    {
        int lost = 0, back = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            SimulatedDisk disk = OneFile(out IDiskFile file);
            file.Dispose();
            disk.SyncDirectory("/d");
            disk.Open("/d/new", DiskOpenMode.CreateNew).Dispose();
            disk.Crash(new Random(seed));
            Assert.True(disk.FileExists(FilePath));
            if (!disk.FileExists("/d/new")) lost++;
            disk.Delete(FilePath);
            disk.Crash(new Random(seed));
            if (disk.FileExists(FilePath)) back++;
        }
        Assert.InRange(lost, 20, 80);
        Assert.InRange(back, 20, 80);
    }

    [Fact]
    public void Kill_loses_nothing_that_was_written()
    {
        SimulatedDisk disk = OneFile(out IDiskFile file);
        file.Write([1, 2], 0);
        disk.Kill();
        using IDiskFile again = disk.Open(FilePath, DiskOpenMode.Open);
        Assert.Equal([1, 2], DurableFile.ReadAll(again));
    }

    [Fact]
    public void Full_disk_takes_what_fits_and_failed_sync_makes_nothing_durable()
    {
        SimulatedDisk disk = OneFile(out IDiskFile file);
        disk.SyncDirectory("/d");
        disk.BytesFree = 2;
        Assert.Throws<IOException>(() => file.Write([1, 2, 3], 0));
        Assert.Equal(2, file.Length);
        file.Write([4, 5], 0);
        disk.SyncFails = true;
        Assert.Throws<IOException>(file.Sync);
        disk.SyncFails = false;
        file.Sync();
        disk.Crash(new AlwaysZero());
        Assert.Equal(0, disk.LengthOf(FilePath));
    }

    [Fact]
    public void Machine_stops_before_the_named_operation_and_stays_down()
    {
        SimulatedDisk disk = OneFile(out IDiskFile file);
        disk.StopAt = disk.OperationCount + 1;
        file.Write([1], 0);
        Assert.Throws<SimulatedCrashException>(() => file.Write([2], 0));
        Assert.Throws<SimulatedCrashException>(() => disk.SyncDirectory("/d"));
        disk.Kill();
        using IDiskFile again = disk.Open(FilePath, DiskOpenMode.Open);
        Assert.Equal([1], DurableFile.ReadAll(again));
    }

    private static SimulatedDisk OneFile(out IDiskFile file)
    {
        SimulatedDisk disk = new();
        disk.CreateDirectory("/d");
        file = disk.Open(FilePath, DiskOpenMode.CreateNew);
        return disk;
    }

    private static string[] Sorted(IReadOnlyList<string> paths)
    {
        string[] sorted = [.. paths];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    private static byte[] Filled(int count, byte value)
    {
        byte[] bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    /// <summary>Loses all that is not safe.</summary>
    private sealed class AlwaysZero : Random
    {
        public override int Next(int maxValue) => 0;
    }
}
