using Chain.Consensus.Recovery;
using Chain.Node.Signing;
using Chain.Primitives.Bytes;
using Chain.Simulator.Options;
using Chain.StateMachine.Store;
using Chain.Tests.Shared.Disk;

namespace Chain.Simulator.Cluster;

/// <summary>What of a node outlives its process: the disk with log and guard, and the database.</summary>
internal sealed class NodeDisk
{
    public const string LogFolder = "/data/log";
    public const string SignerFile = "/data/signer.state";

    private readonly Hash256 _genesis;

    public NodeDisk(Hash256 genesis)
    {
        _genesis = genesis;
        Arm();
    }

    public SimulatedDisk Disk { get; private set; } = new();

    public LossyStore Store { get; } = new();

    /// <summary>The process dies, or the power with it. The same dice give the same losses.</summary>
    public void Fail(bool isPower, Dice dice)
    {
        if (isPower) Disk.Crash(dice.ToRandom());
        else Disk.Kill();
        Store.LoseUnsynced(isPower ? dice.Below(Store.UnsyncedCount + 1) : Store.UnsyncedCount);
    }

    /// <summary>Log and guard are forgotten, the database stays: what a correct node can never do.</summary>
    public void Forget()
    {
        Disk = new SimulatedDisk();
        Arm();
    }

    /// <summary>The guard alone is forgotten, as if there were none.</summary>
    public void ForgetGuard()
    {
        Disk.Delete(SignerFile);
        Arm();
    }

    private void Arm() => SignerStateFile.Create(Disk, SignerFile, SignGuard.Arm(_genesis).Encode()).Dispose();
}
