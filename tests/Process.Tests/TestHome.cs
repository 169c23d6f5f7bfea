using System;
using System.IO;
using Chain.Node.Hosting;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;

namespace Chain.Process.Tests;

/// <summary>A home in a folder of its own, with one rich account whose key the test has.</summary>
internal sealed class TestHome : IDisposable
{
    public const ulong Riches = 1_000_000_000_000_000;

    public TestHome()
    {
        Home = new NodeHome(Path.Combine(Path.GetTempPath(), "chain-process-" + Guid.NewGuid().ToString("N")));
        Owner = PrivateKey.FromSeed(Sha256.Hash([1, 2, 3]).Span);
        NodeInit.Run(Home, new InitOptions(
            "test-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig { RpcAddress = "127.0.0.1:0" },
            Parameters.Devnet,
            Owner.PublicKey.Address,
            [new GenesisAccount(Owner.PublicKey.Address, Riches)],
            []));
    }

    public NodeHome Home { get; }

    public PrivateKey Owner { get; }

    public void Dispose()
    {
        Owner.Dispose();
        Directory.Delete(Home.Root, recursive: true);
    }
}
