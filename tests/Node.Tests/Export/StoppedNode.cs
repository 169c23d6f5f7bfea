using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Hosting;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Export;

/// <summary>A one-validator node on a real disk that runs only when it is told to.</summary>
internal sealed class StoppedNode : IDisposable
{
    public NodeHome Home { get; } = new(Path.Combine(Path.GetTempPath(), "chain-export-" + Guid.NewGuid().ToString("N")));

    public static StoppedNode Create()
    {
        StoppedNode node = new();
        using PrivateKey owner = PrivateKey.FromSeed(Sha256.Hash([7]).Span);
        NodeInit.Run(node.Home, new InitOptions(
            "test-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig { RpcAddress = "127.0.0.1:0" },
            Parameters.Devnet.With(ParameterId.EmptyBlockIntervalMs, 20),
            owner.PublicKey.Address,
            [new GenesisAccount(owner.PublicKey.Address, 1_000_000_000_000)],
            []));
        return node;
    }

    /// <summary>Runs until so many more heights are decided, and answers the newest one in the store.</summary>
    public async Task<Height> RunAsync(int heights)
    {
        await using (ChainNode node = Composition.Open(Home, TimeProvider.System, NullLoggerFactory.Instance))
        {
            await node.StartAsync(TestContext.Current.CancellationToken);
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
            long wanted = node.Tip.Height.Value + heights;
            while (node.Tip.Height.Value < wanted && !node.Ended.IsCompleted) await Task.Delay(10, limit.Token);
            if (node.Ended.IsCompleted && await node.Ended is { } fault) throw fault;
            await node.StopAsync(limit.Token);
        }
        using RocksDbStore store = RocksDbStore.Open(Home.StateFolder);
        return (Height)new StateStore(store).Newest!;
    }

    /// <summary>Every row of the store, in hex.</summary>
    public List<string> Rows()
    {
        using RocksDbStore store = RocksDbStore.Open(Home.StateFolder);
        List<string> rows = [];
        foreach (Column column in Enum.GetValues<Column>())
        {
            using IKeyValueIterator walk = store.Iterate(column, [], []);
            while (walk.MoveNext()) rows.Add($"{column} {Hex.Lower(walk.Key)} {Hex.Lower(walk.Value)}");
        }
        return rows;
    }

    public Hash256 AppHash(Height height)
    {
        using RocksDbStore store = RocksDbStore.Open(Home.StateFolder);
        return new StateStore(store).AppHash(height);
    }

    public void Dispose()
    {
        if (Directory.Exists(Home.Root)) Directory.Delete(Home.Root, recursive: true);
    }
}
