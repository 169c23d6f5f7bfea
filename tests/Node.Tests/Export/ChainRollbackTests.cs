using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Chain.Node.Export;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Export;

public sealed class ChainRollbackTests : IDisposable
{
    private readonly StoppedNode _node = StoppedNode.Create();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Rollback_leaves_the_rows_of_that_height_and_the_start_executes_the_blocks_again()
    {
        Height earlier = await _node.RunAsync(4);
        List<string> rows = _node.Rows();
        Height newest = await _node.RunAsync(5);
        Hash256 appHash = _node.AppHash(newest);
        byte[] guard = await File.ReadAllBytesAsync(_node.Home.SignerStateFile, TestContext.Current.CancellationToken);

        RollbackReport report = ChainRollback.Run(_node.Home, earlier);

        Assert.Equal((newest, earlier), (report.From, report.To));
        Assert.Equal(rows, _node.Rows());
        Assert.Equal(guard, await File.ReadAllBytesAsync(_node.Home.SignerStateFile, TestContext.Current.CancellationToken));
        Height last = await _node.RunAsync(3);
        Assert.True(last > newest, $"{last} follows {newest}");
        Assert.Equal(appHash, _node.AppHash(newest));
    }

    [Fact]
    public async Task Rollback_to_the_genesis_executes_the_whole_chain_again()
    {
        Height newest = await _node.RunAsync(4);
        Hash256 appHash = _node.AppHash(newest);
        ChainRollback.Run(_node.Home, new Height(0));
        Assert.DoesNotContain(_node.Rows(), row => row.StartsWith("Blocks", StringComparison.Ordinal));
        await _node.RunAsync(2);
        Assert.Equal(appHash, _node.AppHash(newest));
    }

    [Fact]
    public async Task Rollback_that_was_stopped_between_log_and_store_harms_nothing()
    {
        Height newest = await _node.RunAsync(4);
        List<string> rows = _node.Rows();
        ChainRollback.Run(_node.Home, new Height(newest.Value - 2));
        await _node.RunAsync(1);
        // Renamed away, not yet replaced.
        Directory.Move(_node.Home.LogFolder, _node.Home.LogFolder + ".old");
        ChainRollback.Run(_node.Home, newest);
        Assert.Equal(rows, _node.Rows());
        Assert.True(await _node.RunAsync(2) > newest);
    }

    [Fact]
    public async Task Rollback_of_a_running_node_or_to_an_unknown_height_is_refused()
    {
        Height newest = await _node.RunAsync(3);
        List<string> rows = _node.Rows();
        NodeStopException unknown = Assert.Throws<NodeStopException>(() => ChainRollback.Run(_node.Home, new Height(newest.Value + 1)));
        Assert.Equal(ExitCode.BadInput, unknown.Code);
        Assert.Equal(rows, _node.Rows());
        await using ChainNode running = Composition.Open(_node.Home, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.Throws<NodeStopException>(() => ChainRollback.Run(_node.Home, null));
    }
}
