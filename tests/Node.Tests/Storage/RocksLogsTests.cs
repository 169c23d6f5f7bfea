using System;
using System.IO;
using Chain.Node.Storage.Rocks;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Storage;

/// <summary>The database's own log: the library drops what stands behind a changed bit, and this says so.</summary>
public sealed class RocksLogsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_changed_bit_of_the_log_is_noticed()
    {
        byte[] whole = Written(out string path);
        Assert.True(whole.Length > 3 * RocksFrames.BlockBytes, "the log has several blocks");
        Assert.Equal(whole.Length, RocksFrames.SoundBytes(whole));
        for (int at = 0; at < whole.Length; at++)
        {
            whole[at] ^= (byte)(1 << (at % 8));
            Assert.True(RocksFrames.SoundBytes(whole) <= at, $"bit {at % 8} of byte {at}");
            whole[at] ^= (byte)(1 << (at % 8));
            if (at % 97 != 0) continue;
            Assert.True(RocksFrames.SoundBytes(whole.AsSpan(0, at)) <= at, $"cut at {at}");
        }
        whole[whole.Length / 2] ^= 1;
        File.WriteAllBytes(path, whole);
        using RocksDbStore store = RocksDbStore.Open(_folder.PathOf("db"));
        Assert.Contains($"{path} is sound up to byte", store.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_log_is_not_noticed()
    {
        Written(out _);
        for (int run = 0; run < 3; run++)
        {
            using RocksDbStore store = RocksDbStore.Open(_folder.PathOf("db"));
            Assert.Null(store.Notice);
        }
    }

    /// <summary>The bytes of a closed database's log: small batches, and some that go over several blocks and end near a block's end.</summary>
    private byte[] Written(out string path)
    {
        using (RocksDbStore store = RocksDbStore.Open(_folder.PathOf("db")))
        {
            Random random = new(1);
            for (int i = 0; i < 60; i++)
            {
                byte[] value = new byte[i % 20 == 0 ? 40_000 + i : random.Next(1, 600)];
                random.NextBytes(value);
                WriteBatch batch = new();
                batch.Put(Column.Local, [(byte)i], value);
                store.Write(batch, sync: i % 7 == 0);
            }
        }
        path = Assert.Single(Directory.GetFiles(_folder.PathOf("db"), "*.log"));
        return File.ReadAllBytes(path);
    }
}
