using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Rpc;
using Chain.Node.Signing;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Node.Tests.Crashes;

/// <summary>
/// One life of the validator: the production parts from the signer's file to the replica's runner, over a simulated disk. In
/// place of the replica's thread the test feeds the inbox.
/// </summary>
internal sealed class CrashNode : IDisposable
{
    private readonly CrashHome _home;
    private readonly Queue<Input> _inbox = new();
    private readonly List<IDisposable> _owned = [];
    private readonly ValidatorSigner _signer;
    private readonly EffectRunner _runner;
    private readonly TransactionIntake _intake;

    /// <summary>Opens the home as <c>Composition</c> does, in its order.</summary>
    /// <param name="opened">Told of the signer and the feed before the first block can be decided.</param>
    public CrashNode(CrashHome home, Action<ValidatorSigner, BlockFeed> opened)
    {
        _home = home;
        try
        {
            SteppedStore store = new(home.Store, home.Disk);
            SignerStateFile signerFile = Own(SignerStateFile.Open(home.Disk, CrashHome.SignerPath));
            WriteAheadLog log = Own(WriteAheadLog.Open(home.Disk, CrashHome.LogFolder, out WalContents contents));
            ILogger logger = NullLogger.Instance;
            NodeClock clock = new(home.Time);
            Assert.True(SignGuard.TryDecode(signerFile.Load(), out SignGuard guard, out DecodeError error), error.ToString());
            _signer = new(home.ValidatorKey, signerFile, guard, home.Genesis.Hash(), CrashHome.ChainId, clock);
            StateStore state = new(store);
            BlockStore blocks = new(store);
            BlockFeed feed = new();
            TransactionPool pool = new(1_000, 1_000_000);
            EvidencePool evidence = new();
            BlockFactory factory = new(CrashHome.ChainId, state);
            BlockLedger ledger = new(
                TipLoader.Load(home.Genesis, "", store, state, blocks),
                state,
                blocks,
                new ChainWriter(store, state, blocks),
                new BlockProposer(factory, pool, evidence, _signer.PublicKey.Address),
                new BlockJudge(CrashHome.ChainId, factory, blocks, state),
                new PoolUpkeep(pool, state),
                evidence,
                feed,
                logger);
            opened(_signer, feed);
            IReadOnlyList<WalRecord> running = LogReplay.Run(contents.Records, log.Height, ledger, _signer.Guard, logger);
            InputScheduler schedule = Own(new InputScheduler(home.Time, _inbox.Enqueue));
            _runner = new(new HeightMachine(_signer.PublicKey.Address), _signer, log, ledger, schedule, clock, running, logger);
            _intake = new(CrashHome.ChainId, pool, state, clock, () => _runner.Tip, () => _inbox.Enqueue(new Input.WorkAvailable()));
            LogHeight = log.Height;
            State = state;
            Blocks = blocks;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ChainTip Tip => _runner.Tip;

    /// <summary>Height at which the newest segment of the log that was opened begins.</summary>
    public long LogHeight { get; }

    public StateStore State { get; }

    public BlockStore Blocks { get; }

    /// <summary>What the replica's thread does first.</summary>
    public void Begin() => _runner.Begin();

    /// <summary>One input, after moving the clock to the next timer where none waits.</summary>
    public void Step()
    {
        Input? input;
        while (!_inbox.TryDequeue(out input)) Assert.True(_home.Time.FireNext(), "nothing is due: the chain stands still");
        _runner.Feed(input);
    }

    public ValueTask<AdmissionResult> SubmitAsync(byte[] transaction) => _intake.SubmitAsync(transaction, CancellationToken.None);

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--) _owned[i].Dispose();
    }

    private T Own<T>(T part) where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }
}
