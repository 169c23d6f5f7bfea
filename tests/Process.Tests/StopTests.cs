using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Rocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Process.Tests;

/// <summary>How the real process stops when it is asked to.</summary>
public sealed class StopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_stoppedUnderLoad_leavesNothingToReplay()
    {
        using TestHome home = new();
        Load load = new(home.Owner, Address.From(Sha256.Hash([9]).Span[..Address.Size]));
        Height reached;
        using (NodeProcess node = await NodeProcess.StartAsync(home.Home.Root, Cancel))
        {
            using ChainClient client = new(node.Url);
            using CancellationTokenSource loading = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            Task running = load.RunAsync(node.Url, loading.Token);
            while (load.Acknowledged.Count < 20 && !running.IsCompleted) await Task.Delay(5, Cancel);
            reached = (await client.StatusAsync(Cancel)).LatestHeight;
            Assert.Equal(0, await node.StopAsync());
            int asked = node.Errors.IndexOf("a signal to stop", StringComparison.Ordinal);
            int stopped = node.Errors.IndexOf("stopped at height", StringComparison.Ordinal);
            Assert.True(asked >= 0 && stopped > asked, $"the log is in the order of events:\n{node.Errors}");
            Assert.Contains("the store holds everything", node.Errors, StringComparison.Ordinal);
            await loading.CancelAsync();
            await running;
        }

        Height tip;
        using (RocksDbStore store = RocksDbStore.Open(home.Home.StateFolder)) tip = new BlockStore(store).Last;
        Assert.True(tip >= reached);
        foreach (byte[] bytes in RecordsOf(home))
        {
            Assert.True(WalRecord.TryDecode(bytes, out WalRecord record, out DecodeError error), error.ToString());
            if (record.AtHeight <= tip) continue;
            Assert.True(record is WalRecord.HeightStarted, $"beyond {tip} the log holds {record.GetType().Name} of height {record.AtHeight}");
        }
        using NodeProcess again = await NodeProcess.StartAsync(home.Home.Root, Cancel);
        using ChainClient after = new(again.Url);
        Assert.True((await after.StatusAsync(Cancel)).LatestHeight >= reached);
        Assert.DoesNotContain("replayed heights", again.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await again.StopAsync());
    }

    [Fact]
    public async Task Node_thatCannotFinishItsBlock_stopsAllTheSame_andAtOnceOnASecondSignal()
    {
        using TestHome home = new(otherValidators: 1);
        using (NodeProcess node = await NodeProcess.StartAsync(home.Home.Root, Cancel)) Assert.Equal(0, await node.StopAsync());
        using NodeProcess again = await NodeProcess.StartAsync(home.Home.Root, Cancel);
        Task<int> first = again.StopAsync();
        while (!again.Errors.Contains("a signal to stop", StringComparison.Ordinal)) await Task.Delay(5, Cancel);
        Assert.Equal(137, await again.StopAsync());
        Assert.Equal(137, await first);
        Assert.Contains("A second signal", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_asJson_carriesHeightAndRound()
    {
        using TestHome home = new();
        string config = File.ReadAllText(home.Home.ConfigFile)
            .Replace("\"log_format\": \"text\"", "\"log_format\": \"json\"", StringComparison.Ordinal)
            .Replace("\"log_level\": \"information\"", "\"log_level\": \"debug\"", StringComparison.Ordinal);
        File.WriteAllText(home.Home.ConfigFile, config);
        using NodeProcess node = await NodeProcess.StartAsync(home.Home.Root, Cancel);
        while (!node.Errors.Contains("decided height", StringComparison.Ordinal)) await Task.Delay(20, Cancel);
        Assert.Equal(0, await node.StopAsync());

        bool hasDecided = false;
        foreach (string line in node.Errors.Split('\n'))
        {
            // The logger waits for its writer for a while only: a busy machine may cut the last line.
            if (!line.EndsWith('}')) continue;
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement state = json.RootElement.GetProperty("State");
            if (!json.RootElement.GetProperty("Message").GetString()!.StartsWith("decided", StringComparison.Ordinal)) continue;
            hasDecided = true;
            Assert.True(state.GetProperty("Height").GetInt64() > 0);
            Assert.Equal(0, state.GetProperty("Round").GetInt32());
        }
        Assert.True(hasDecided);
    }

    private static IReadOnlyList<byte[]> RecordsOf(TestHome home)
    {
        using WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), home.Home.LogFolder, out WalContents contents);
        return contents.Records;
    }
}
