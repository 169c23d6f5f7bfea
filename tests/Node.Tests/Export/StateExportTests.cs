using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Chain.Node.Export;
using Chain.Node.Hosting;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Export;

public sealed class StateExportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void State_of_every_height_of_a_random_history_comes_back_with_its_app_hash(int seed)
    {
        const int Heights = 8;
        using MemoryStore store = RandomState(seed, Heights);
        for (int i = 1; i <= Heights; i++)
        {
            WriteBatch back = new();
            Assert.True(StateRollback.TryPrepare(store, new Height(i), back));
            Hash256 appHash = new StateStore(store).AppHash(new Height(i));
            StateFileHeader header = new("test-1", new Height(i), Timestamp.FromUnixMs(1_000), appHash);
            string path = _folder.PathOf($"{i}.jsonl");
            (Hash256 sha256, long pairs) = StateFile.Write(path, header, new StateStore(new BatchOverlayReader(store, [back])));
            ImportedState read = StateFile.Read(path);
            Assert.Equal((header, sha256, pairs, appHash), (read.Header, read.Sha256, (long)read.Pairs.Count, read.AppHash));
        }
    }

    [Fact]
    public void File_with_any_line_changed_missing_or_added_is_refused()
    {
        using MemoryStore store = RandomState(5, 3);
        StateFileHeader header = new("test-1", new Height(3), Timestamp.FromUnixMs(1_000), new StateStore(store).AppHash(new Height(3)));
        string path = _folder.PathOf("state.jsonl");
        StateFile.Write(path, header, new StateStore(store));
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            AssertRefused(path, [.. lines[..i], .. lines[(i + 1)..]]);
            AssertRefused(path, [.. lines[..i], line, line, .. lines[(i + 1)..]]);
            int place = line.Length - 3;
            char other = line[place] == '1' ? '2' : '1';
            AssertRefused(path, [.. lines[..i], line[..place] + other + line[(place + 1)..], .. lines[(i + 1)..]]);
        }
        File.WriteAllText(path, string.Join("\r\n", lines) + "\r\n");
        Assert.Throws<NodeStopException>(() => StateFile.Read(path));
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        StateFile.Read(path);
    }

    [Fact]
    public async Task Export_of_an_earlier_height_has_the_app_hash_of_its_time_and_leaves_the_home_alone()
    {
        using StoppedNode node = StoppedNode.Create();
        Height earlier = await node.RunAsync(3);
        ExportReport then = StateExport.Run(node.Home, null, _folder.PathOf("then.jsonl"));
        await node.RunAsync(3);
        List<string> rows = node.Rows();
        ExportReport now = StateExport.Run(node.Home, earlier, _folder.PathOf("now.jsonl"));
        Assert.Equal(then.Sha256, now.Sha256);
        Assert.Equal(node.AppHash(earlier), now.Header.AppHash);
        Assert.Equal(rows, node.Rows());
        Assert.Throws<NodeStopException>(() => StateExport.Run(node.Home, null, now.Path));
        Assert.Throws<NodeStopException>(() => StateExport.Run(node.Home, new Height(9_999), _folder.PathOf("none.jsonl")));
    }

    private static void AssertRefused(string path, string[] lines)
    {
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        NodeStopException refusal = Assert.Throws<NodeStopException>(() => StateFile.Read(path));
        Assert.Equal(ExitCode.BadInput, refusal.Code);
    }

    private static MemoryStore RandomState(int seed, int heights)
    {
        Random random = new(seed);
        MemoryStore store = new();
        for (int height = 1; height <= heights; height++)
        {
            StateOverlay overlay = new(new StateStore(store));
            for (int i = 0; i < 12; i++)
            {
                byte[] key = [Schema.Account, (byte)random.Next(20)];
                byte[] value = new byte[random.Next(1, 50)];
                random.NextBytes(value);
                if (random.Next(4) == 0) overlay.Delete(StoreId.Market, key);
                else overlay.Put(StoreId.Market, key, value);
            }
            WriteBatch batch = new();
            new StateStore(store).Prepare(new Height(height), overlay.Changes, batch);
            store.Write(batch, sync: false);
        }
        return store;
    }
}
