using System;
using Chain.Consensus.Recovery;
using Chain.Node.Hosting;
using Chain.Node.Signing;
using Chain.Node.Storage;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Rocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;

namespace Chain.Node.Export;

/// <summary>The data of a node that does not run, open for maintenance. No node can start until this is disposed.</summary>
internal sealed class StoppedHome : IDisposable
{
    private readonly HomeLock _held;
    private readonly SignerStateFile _signer;

    private StoppedHome(HomeLock held, SignerStateFile signer, RocksDbStore store, GenesisDocument genesis)
    {
        _held = held;
        _signer = signer;
        Store = store;
        Genesis = genesis;
    }

    public GenesisDocument Genesis { get; }

    public RocksDbStore Store { get; }

    public StateStore State => new(Store);

    public BlockStore Blocks => new(Store);

    /// <summary>Throws <see cref="NodeStopException"/> where there is no home, the node runs, or it has no state yet.</summary>
    public static StoppedHome Open(NodeHome home)
    {
        GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, home.ReadGenesis());
        HomeLock? held = HomeLock.Take(home);
        SignerStateFile? signer = null;
        RocksDbStore? store = null;
        try
        {
            signer = SignerStateFile.Open(new RealDisk(), home.SignerStateFile);
            store = RocksDbStore.Open(home.StateFolder);
            StoppedHome opened = new(held, signer, store, genesis);
            if (opened.State.Newest is not null)
            {
                (signer, store, held) = (null, null, null);
                return opened;
            }
            throw new NodeStopException(ExitCode.BadInput, $"the node in {home.Root} has no state yet", "Start it once with 'chain start'.");
        }
        catch (Exception e) when (e is SignerStateException or StorageException)
        {
            throw new NodeStopException(StopReport.Judge(e).Code, e.Message, "If the node runs, stop it first.", e);
        }
        finally
        {
            store?.Dispose();
            signer?.Dispose();
            held?.Dispose();
        }
    }

    /// <summary>What this node signed last.</summary>
    public SignGuard Guard => SignGuard.TryDecode(_signer.Load(), out SignGuard guard, out DecodeError error)
        ? guard
        : throw new NodeStopException(ExitCode.Signer, $"the signer's state is {error}", "Restore the newest copy of signer.state.");

    /// <summary>Header time of a height's block; the genesis time before the first.</summary>
    public Timestamp TimeOf(Height height) => Blocks.LoadMeta(height)?.Header.Time ?? Genesis.GenesisTime;

    public void Dispose()
    {
        Store.Dispose();
        _signer.Dispose();
        _held.Dispose();
    }
}
