using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Storage.Rocks;
using Chain.StateMachine.Store;

namespace Chain.Process.Tests;

/// <summary>
/// Bad files and bad command lines, on the real process: each ends with its exit code and a text that says what happened, why,
/// and what to do (DESIGN section 13).
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestHome _home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => _home.Home.Root;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Stop_bySigterm_isPlanned()
    {
        await RunOnceAsync();
    }

    [Fact]
    public async Task Log_tornAtItsEnd_isCutWithANotice()
    {
        await RunOnceAsync();
        using (FileStream file = new(LastSegment(), FileMode.Append)) file.Write([1, 2, 3, 4, 5, 6, 7]);

        using NodeProcess node = await NodeProcess.StartAsync(Root, Cancel);
        Assert.Equal(0, await node.StopAsync());
        Assert.Contains("ended in 7 bytes that a sudden stop left half written", node.Errors, StringComparison.Ordinal);
        Assert.Contains("no synced record is lost", node.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_damagedWhereItWasSynced_stopsTheStart()
    {
        await RunOnceAsync();
        string path = LastSegment();
        FlipBit(path, (int)(new FileInfo(path).Length / 3));
        await StartFailsAsync(74, path, "is damaged at byte", "bytes that had been written safely have changed", "Check the disk");
    }

    [Fact]
    public async Task Database_withItsManifestGone_stopsTheStart()
    {
        await RunOnceAsync();
        File.Delete(Assert.Single(Directory.GetFiles(_home.Home.StateFolder, "MANIFEST-*")));
        await StartFailsAsync(74, _home.Home.StateFolder, "cannot be opened", "the database is damaged: bring the folder back from a backup");
    }

    [Fact]
    public async Task Database_withItsManifestDamaged_stopsTheStart()
    {
        await RunOnceAsync();
        string path = Assert.Single(Directory.GetFiles(_home.Home.StateFolder, "MANIFEST-*"));
        FlipBit(path, (int)(new FileInfo(path).Length / 2));
        await StartFailsAsync(74, _home.Home.StateFolder, "cannot be opened", "the database is damaged: bring the folder back from a backup");
    }

    /// <summary>The rows of the newest block and its state's record: the start needs each of them.</summary>
    [Theory]
    [InlineData(Column.Blocks, "c")]
    [InlineData(Column.Blocks, "r")]
    [InlineData(Column.Blocks, "b")]
    [InlineData(Column.Nodes, "")]
    [InlineData(Column.State, "")]
    public async Task Database_thatLostARow_stopsTheStart(Column column, string kind)
    {
        await RunOnceAsync();
        using (RocksDbStore store = RocksDbStore.Open(_home.Home.StateFolder))
        {
            WriteBatch batch = new();
            using IKeyValueIterator walk = store.Iterate(column, default, default, descending: true);
            while (walk.MoveNext())
            {
                bool isLost = kind.Length == 0 || walk.Key[^1] == kind[0];
                if (!isLost) continue;
                batch.Delete(column, walk.Key);
                if (kind.Length > 0) break;
            }
            store.Write(batch, sync: true);
        }
        await StartFailsAsync(74, "the database is not whole", "bring the data folder back from a backup");
    }

    /// <summary>The database recovers its log up to the damage; our own log brings the rest back, and the operator is told.</summary>
    [Fact]
    public async Task Database_withAChangedBitInItsLog_isRepairedFromTheChainsLog()
    {
        string before = await RunOnceAsync();
        string path = Assert.Single(Directory.GetFiles(_home.Home.StateFolder, "*.log"));
        FlipBit(path, (int)(new FileInfo(path).Length / 2));

        using NodeProcess node = await NodeProcess.StartAsync(Root, Cancel);
        using Client.ChainClient client = new(node.Url);
        Assert.Equal(before, await SecondBlockAsync(client));
        Assert.Equal(0, await node.StopAsync());
        Assert.Contains($"{path} is sound up to byte", node.Errors, StringComparison.Ordinal);
    }

    /// <summary>No start reads every table; a check does.</summary>
    [Fact]
    public async Task Database_withAChangedBitInARowOfATable_isNoticedByACheck()
    {
        await RunOnceAsync();
        await RunOnceAsync();
        string path = Directory.GetFiles(_home.Home.StateFolder, "*.sst")[0];
        FlipBit(path, 20);
        using NodeProcess node = NodeProcess.Launch(["start", "--home", Root, "--check"]);
        Assert.Equal(74, await node.ExitAsync());
        Assert.Contains("the database is damaged: bring the folder back from a backup", node.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Database_withADamagedTable_stopsTheStart()
    {
        await RunOnceAsync();
        await RunOnceAsync();
        string path = Directory.GetFiles(_home.Home.StateFolder, "*.sst")[0];
        FlipBit(path, (int)new FileInfo(path).Length - 1);
        await StartFailsAsync(74, _home.Home.StateFolder, "cannot be opened", "the database is damaged: bring the folder back from a backup");
    }

    /// <summary>
    /// The library takes a record whose length has grown for the torn end of its list of files, and forgets what it says. The
    /// last record's length stands behind the checksum of the frame that ends the file.
    /// </summary>
    [Fact]
    public async Task Database_withARecordOfItsManifestGrown_stopsTheStart()
    {
        await RunOnceAsync();
        await RunOnceAsync();
        string path = Assert.Single(Directory.GetFiles(_home.Home.StateFolder, "MANIFEST-*"));
        byte[] bytes = File.ReadAllBytes(path);
        int at = 0;
        for (int next = 0; next < bytes.Length; next = at + 7 + BitConverter.ToUInt16(bytes, at + 4)) at = next;
        bytes[at + 5] ^= 0x10;
        File.WriteAllBytes(path, bytes);
        await StartFailsAsync(74, _home.Home.StateFolder, "is damaged", $"the length of the record at byte {at}", "bring the folder back from a backup");
    }

    [Fact]
    public async Task Database_gone_isMadeAgainFromAWholeLogAndRefusedOtherwise()
    {
        await RunOnceAsync();
        Directory.Delete(_home.Home.StateFolder, recursive: true);
        await RunOnceAsync();

        Directory.Delete(_home.Home.StateFolder, recursive: true);
        Directory.Delete(_home.Home.LogFolder, recursive: true);
        await StartFailsAsync(74, "the data folder is not whole", "this node signed at height", "Restore the data folder from a backup");
    }

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("validator_key.json")]
    [InlineData("node_key.json")]
    public async Task Key_readableByOthers_stopsTheStart(string name)
    {
        string path = Path.Combine(Root, "config", name);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await StartFailsAsync(75, path, "its group or others may read or change it", $"chmod 600 {path}");
    }

    [Fact]
    public async Task Key_missingOrNotAKey_stopsTheStart()
    {
        string path = _home.Home.ValidatorKeyFile;
        File.WriteAllText(path, "not a key");
        await StartFailsAsync(75, path, "cannot be used", "Bring the file back from a backup");
        File.Delete(path);
        await StartFailsAsync(75, path, "it is missing", "Bring it back from a backup");
    }

    [Fact]
    public async Task SignerState_missingOrDamaged_stopsTheStart()
    {
        string path = _home.Home.SignerStateFile;
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        await StartFailsAsync(75, path, "the file does not have", "Do not copy an old file here");
        File.Delete(path);
        await StartFailsAsync(75, path, "the file is missing", "Do not copy an old file here");
    }

    [Theory]
    [InlineData("monicker", "an unknown key \"monicker\"", "did you mean \"moniker\"?")]
    [InlineData("colour", "an unknown key \"colour\"", "Correct the file")]
    public async Task Configuration_withAnUnknownKey_isRefusedWithItsLine(string key, string why, string hint)
    {
        File.WriteAllText(_home.Home.ConfigFile, $"{{\n  \"rpc_address\": \"127.0.0.1:0\",\n  \"{key}\": \"x\"\n}}\n");
        await StartFailsAsync(64, $"{_home.Home.ConfigFile}, line 3", why, hint);
    }

    [Theory]
    [InlineData("{\n  \"moniker\": 5\n}\n", "line 2")]
    [InlineData("{\n  \"moniker\": \"x\"\n", "line ")]
    [InlineData("{\n  \"rpc_address\": \"here\"\n}\n", "\"here\" is not an address and a port")]
    [InlineData("{\n  \"mempool_transactions_max\": 0\n}\n", "mempool_transactions_max")]
    [InlineData("{\n  \"mempool_bytes_max\": -1\n}\n", "mempool_bytes_max")]
    [InlineData("{\n  \"retain_blocks\": -1\n}\n", "retain_blocks")]
    [InlineData("{\n  \"log_format\": \"xml\"\n}\n", "line 2: log_format must be one of text, json")]
    [InlineData("{\n  \"log_level\": \"loud\"\n}\n", "line 2: log_level must be one of trace, debug, information, warning")]
    [InlineData("{\n  \"metrics_address\": \"here\"\n}\n", "metrics_address \"here\" is not an address and a port")]
    public async Task Configuration_withABadValue_isRefused(string json, string why)
    {
        File.WriteAllText(_home.Home.ConfigFile, json);
        await StartFailsAsync(64, _home.Home.ConfigFile, why, "what to do: ");
    }

    [Fact]
    public async Task Genesis_withAMisspeltField_isRefusedWithLineAndSuggestion()
    {
        string path = _home.Home.GenesisFile;
        string[] lines = File.ReadAllLines(path);
        int at = Array.FindIndex(lines, line => line.Contains("\"chain_id\"", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("chain_id", "chain_ib", StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
        await StartFailsAsync(64, path, $"line {at + 1}", "did you mean \"chain_id\"?", "Correct these lines");
    }

    [Fact]
    public async Task Genesis_ofAnotherChain_isRefused()
    {
        await RunOnceAsync();
        string path = _home.Home.GenesisFile;
        string json = File.ReadAllText(path);
        File.WriteAllText(path, json.Replace("test-1", "test-2", StringComparison.Ordinal));
        await StartFailsAsync(64, path, "is not the genesis that this home was made for", "bring back");
    }

    [Theory]
    [InlineData("strat", "Did you mean 'start'?")]
    [InlineData("start --hom /tmp", "Did you mean '--home'?")]
    [InlineData("keys lst", "Did you mean 'list'?")]
    public async Task CommandLine_misspelt_isRefusedWithASuggestion(string arguments, string hint)
    {
        using NodeProcess node = NodeProcess.Launch(arguments.Split(' '));
        Assert.Equal(64, await node.ExitAsync());
        Assert.Contains("was not understood", node.Errors, StringComparison.Ordinal);
        Assert.Contains(hint, node.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_thatIsNone_isRefused()
    {
        using NodeProcess node = NodeProcess.Launch(["start", "--home", Path.Combine(Root, "nothing")]);
        Assert.Equal(64, await node.ExitAsync());
        Assert.Contains("chain init --home", node.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_taken_stopsTheStart()
    {
        using NodeProcess first = await NodeProcess.StartAsync(Root, Cancel);
        using TestHome other = new();
        string address = new Uri(first.Url).Authority;
        File.WriteAllText(other.Home.ConfigFile, $"{{ \"rpc_address\": \"{address}\" }}");
        await HomeFailsAsync(other.Home.Root, 69, [address, "address already in use", "choose another in config/node.json"]);
        Assert.Equal(0, await first.StopAsync());
    }

    [Fact]
    public async Task Home_inUse_isLeftAlone()
    {
        using NodeProcess first = await NodeProcess.StartAsync(Root, Cancel);
        await StartFailsAsync(69, $"the home {Root} is in use by another process", "Stop the node or the command that uses it");
        Assert.Equal(0, await first.StopAsync());
    }

    private Task StartFailsAsync(int code, params IReadOnlyList<string> texts) => HomeFailsAsync(Root, code, texts);

    private static async Task HomeFailsAsync(string home, int code, IReadOnlyList<string> texts)
    {
        using NodeProcess node = NodeProcess.Launch(["start", "--home", home, "--quiet"]);
        int ended = await node.ExitAsync();
        Assert.True(ended == code, $"ended with {ended}, not {code}:\n{node.Errors}");
        Assert.StartsWith("error: ", node.Errors, StringComparison.Ordinal);
        Assert.Contains($"exit code {code}", node.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Chain.", node.Errors, StringComparison.Ordinal);
        foreach (string text in texts) Assert.Contains(text, node.Errors, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Runs the node for a few blocks; returns the second as JSON.</summary>
    private async Task<string> RunOnceAsync()
    {
        using NodeProcess node = await NodeProcess.StartAsync(Root, Cancel);
        using Client.ChainClient client = new(node.Url);
        while ((await client.StatusAsync(Cancel)).LatestHeight.Value < 2) await Task.Delay(20, Cancel);
        string second = await SecondBlockAsync(client);
        Assert.Equal(0, await node.StopAsync());
        return second;
    }

    private static async Task<string> SecondBlockAsync(Client.ChainClient client) =>
        (await client.CallAsync("block_results", new JsonObject { ["height"] = "2" }, Cancel)).GetRawText();

    private string LastSegment()
    {
        string[] paths = Directory.GetFiles(_home.Home.LogFolder, "*.wal");
        Array.Sort(paths, StringComparer.Ordinal);
        return paths[^1];
    }

    private static void FlipBit(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 4;
        File.WriteAllBytes(path, bytes);
    }
}
