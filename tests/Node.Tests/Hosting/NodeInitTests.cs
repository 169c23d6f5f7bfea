using System;
using System.IO;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;

namespace Chain.Node.Tests.Hosting;

public sealed class NodeInitTests : IDisposable
{
    private static readonly PrivateKey Owner = PrivateKey.FromSeed(Sha256.Hash([7]).Span);
    private static readonly InitOptions Options = new(
        "test-1", 1_800_000_000_000, new NodeConfig(), Parameters.Devnet, Owner.PublicKey.Address, [], []);

    private readonly NodeHome _home = new(Path.Combine(Path.GetTempPath(), "chain-init-" + Guid.NewGuid().ToString("N")));

    [Fact]
    public void Run_homeExists_isRefusedAndChangesNothing()
    {
        NodeInit.Run(_home, Options);
        string before = File.ReadAllText(_home.ValidatorKeyFile);

        NodeStopException refused = Assert.Throws<NodeStopException>(() => NodeInit.Run(_home, Options));

        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Equal(before, File.ReadAllText(_home.ValidatorKeyFile));
    }

    [Fact]
    public void Run_interruptedBeforeTheGuard_goesOnWithItsKeys()
    {
        NodeInit.Run(_home, Options);
        PublicKey made;
        using (PrivateKey key = KeyFile.Load(_home.ValidatorKeyFile)) made = key.PublicKey;
        File.Delete(_home.GenesisFile);
        File.Delete(_home.SignerStateFile);

        Assert.Equal(made, NodeInit.Run(_home, Options).Validators[0].PublicKey);
    }

    [Fact]
    public void Run_guardWithoutGenesis_isRefusedBySigner()
    {
        NodeInit.Run(_home, Options);
        File.Delete(_home.GenesisFile);

        Assert.Equal(ExitCode.Signer, Assert.Throws<NodeStopException>(() => NodeInit.Run(_home, Options)).Code);
    }

    public void Dispose() => Directory.Delete(_home.Root, recursive: true);
}
