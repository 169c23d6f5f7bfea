using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Storage;

/// <summary>
/// A home of a development chain of 155 heights, 38 transactions and four starts, written by a build that stood on RocksDB 7.8:
/// tables of several levels, a log of rows that are in no table yet, a list of files.
/// </summary>
public sealed class OldHomeTests : IDisposable
{
    private const string AppHash = "CF4890405CE8529656128839F8B2F0BC665DE334A5D580B6A4B923495EBAF192";
    private static readonly Height s_height = new(155);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Old_store_opens_with_every_block_and_the_state_that_the_old_build_told()
    {
        using RocksDbStore store = RocksDbStore.Open(Unpack().StateFolder);
        Assert.Null(store.Notice);
        Assert.True(store.CheckRows() > 1000);
        StateStore state = new(store);
        Assert.Equal(s_height, state.Newest);
        Assert.Equal(AppHash, state.AppHash(s_height).ToString());
        BlockStore blocks = new(store);
        for (long height = 1; height <= s_height.Value; height++) Assert.NotNull(blocks.LoadBlock(new Height(height)));
    }

    [Fact]
    public async Task Old_home_goes_on_making_blocks_and_starts_again()
    {
        NodeHome home = Unpack();
        for (int run = 1; run <= 2; run++)
        {
            await using ChainNode node = Composition.Open(home, TimeProvider.System, NullLoggerFactory.Instance);
            Assert.True(node.Tip.Height >= s_height);
            Height wanted = new(node.Tip.Height.Value + 2);
            await node.StartAsync(TestContext.Current.CancellationToken);
            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
            while (node.Tip.Height < wanted && !node.Ended.IsCompleted) await Task.Delay(20, limit.Token);
            if (node.Ended.IsCompleted && await node.Ended is { } fault) throw fault;
            await node.StopAsync(limit.Token);
        }
    }

    private NodeHome Unpack()
    {
        using Stream archive = typeof(OldHomeTests).Assembly.GetManifestResourceStream("home-of-rocksdb-7.8.tar.gz")!;
        using GZipStream tar = new(archive, CompressionMode.Decompress);
        string root = _folder.PathOf("home");
        Directory.CreateDirectory(root);
        TarFile.ExtractToDirectory(tar, root, overwriteFiles: false);
        return new NodeHome(root);
    }
}
