using System;
using Chain.Consensus.Recovery;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Node.Signing;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.Tests.Shared.Disk;

namespace Chain.Node.Tests.Crashes;

/// <summary>What outlives a crash: the disk, the store, the clock, and the keys of one validator with a rich account.</summary>
internal sealed class CrashHome : IDisposable
{
    public const string SignerPath = "/node/data/signer.state";
    public const string LogFolder = "/node/data/wal";
    public const string ChainId = "crash-1";
    public const long GenesisMs = 1_800_000_000_000;

    /// <param name="parameters">Of the chain; null for those of a devnet.</param>
    /// <param name="retainBlocks">Newest heights that the node keeps; 0 for all.</param>
    /// <param name="seed">Of the key that runs here; another than 1 is of no validator of the genesis, which is always the same.</param>
    public CrashHome(Parameters? parameters = null, long retainBlocks = 0, byte seed = 1)
    {
        RetainBlocks = retainBlocks;
        using TempFolder folder = new();
        NodeHome home = new(folder.PathOf("home"));
        ValidatorKey = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
        Owner = PrivateKey.FromSeed(Sha256.Hash([2]).Span);
        KeyFile.Create(home.ValidatorKeyFile, ValidatorKey);
        KeyFile.Create(home.NodeKeyFile, Owner);
        Genesis = NodeInit.Run(home, new InitOptions(
            ChainId,
            GenesisMs,
            new NodeConfig(),
            parameters ?? Parameters.Devnet,
            Owner.PublicKey.Address,
            [new GenesisAccount(Owner.PublicKey.Address, 1_000_000_000_000_000)],
            []));
        if (seed != 1)
        {
            ValidatorKey.Dispose();
            ValidatorKey = PrivateKey.FromSeed(Sha256.Hash([seed]).Span);
        }
        SignerStateFile.Create(Disk, SignerPath, SignGuard.Arm(Genesis.Hash()).Encode()).Dispose();
    }

    public long RetainBlocks { get; }

    public SimulatedDisk Disk { get; } = new();

    public LossyStore Store { get; } = new();

    public FakeTime Time { get; } = new(GenesisMs);

    public GenesisDocument Genesis { get; }

    public PrivateKey ValidatorKey { get; }

    public PrivateKey Owner { get; }

    /// <summary>The process dies, or the power fails, and the machine is up again.</summary>
    public void Crash(Random random)
    {
        Disk.SyncFails = false;
        Disk.BytesFree = null;
        if (random.Next(3) == 0)
        {
            Disk.Kill();
            Store.LoseUnsynced(kept: Store.UnsyncedCount);
        }
        else
        {
            Disk.Crash(random);
            Store.LoseUnsynced(kept: random.Next(Store.UnsyncedCount + 1));
        }
        Time.Advance(random.Next(3_000));
    }

    public void Dispose()
    {
        ValidatorKey.Dispose();
        Owner.Dispose();
        Store.Dispose();
    }
}
