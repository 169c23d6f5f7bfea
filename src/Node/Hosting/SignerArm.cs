using System.IO;
using Chain.Consensus.Recovery;
using Chain.Node.Signing;
using Chain.Node.Storage.Disk;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Hosting;

/// <summary>Makes the signer's state of a home that has lost it. Never replaces one: that would forget what was signed.</summary>
public static class SignerArm
{
    /// <param name="signed">Highest height for which the key may have signed; nothing up to it is signed again.</param>
    public static void Run(NodeHome home, Height signed)
    {
        GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, home.ReadGenesis());
        if (signed.Value < 0) throw new NodeStopException(ExitCode.BadInput, $"the height {signed} is negative", "Name 0 or more.");
        using HomeLock held = HomeLock.Take(home);
        if (File.Exists(home.SignerStateFile))
        {
            throw new NodeStopException(
                ExitCode.Signer,
                $"{home.SignerStateFile} exists, and a signer's state is never replaced",
                "Start the node with it. If it is damaged, restore its newest copy; move it away only when all that this key signed is known.");
        }
        try
        {
            SignerStateFile.Create(new RealDisk(), home.SignerStateFile, SignGuard.ArmAbove(genesis.Hash(), signed).Encode()).Dispose();
        }
        catch (SignerStateException e)
        {
            throw new NodeStopException(ExitCode.Signer, e.Message, "Correct the folder and repeat.", e);
        }
    }
}
