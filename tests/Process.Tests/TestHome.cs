using System;
using System.Collections.Generic;
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

    /// <param name="otherValidators">Validators of the genesis whose nodes do not exist: the chain stands.</param>
    public TestHome(int otherValidators = 0)
    {
        Home = new NodeHome(Path.Combine(Path.GetTempPath(), "chain-process-" + Guid.NewGuid().ToString("N")));
        Owner = PrivateKey.FromSeed(Sha256.Hash([1, 2, 3]).Span);
        InitOptions options = new(
            "test-1",
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            new NodeConfig { RpcAddress = "127.0.0.1:0" },
            Parameters.Devnet,
            Owner.PublicKey.Address,
            [new GenesisAccount(Owner.PublicKey.Address, Riches)],
            []);
        if (otherValidators > 0) options = options with { Genesis = NetworkGenesis.Of(options, MembersOf(otherValidators)) };
        NodeInit.Run(Home, options);
    }

    public NodeHome Home { get; }

    public PrivateKey Owner { get; }

    private List<GenesisMember> MembersOf(int others)
    {
        List<GenesisMember> members = [NodeInit.MakeKeys(Home, Owner.PublicKey.Address, "here")];
        for (byte i = 0; i < others; i++)
        {
            using PrivateKey key = PrivateKey.FromSeed(Sha256.Hash([4, i]).Span);
            members.Add(new GenesisMember(key.PublicKey.Address, key.PublicKey, key.PublicKey, $"absent{i}"));
        }
        return members;
    }

    public void Dispose()
    {
        Owner.Dispose();
        Directory.Delete(Home.Root, recursive: true);
    }
}
