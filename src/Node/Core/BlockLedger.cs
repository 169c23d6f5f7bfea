using System;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Node.Hosting;
using Chain.Node.Metrics;
using Chain.Node.Rpc;
using Chain.Node.Storage.Blocks;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Core;

/// <summary>
/// The chain as this node holds it: the tip, the blocks that compete to follow it, and the step from one tip to the next.
/// Used on the replica's thread alone, except <see cref="Tip"/>.
/// </summary>
public sealed class BlockLedger
{
    private readonly StateStore _state;
    private readonly BlockStore _stored;
    private readonly ChainWriter _writer;
    private readonly BlockProposer _proposer;
    private readonly BlockJudge _judge;
    private readonly PoolUpkeep _upkeep;
    private readonly ChainPruner _pruner;
    private readonly EvidencePool _evidence;
    private readonly BlockFeed _feed;
    private readonly NodeMetrics _metrics;
    private readonly ILogger _logger;
    private readonly BlockPool _blocks = new();
    private volatile ChainTip _tip;
    private BlockId? _builtBefore;
    private Height _firstBlock;
    private long _segmentBytes;
    private long _segmentHeights;

    public BlockLedger(
        ChainTip tip,
        StateStore state,
        BlockStore stored,
        ChainWriter writer,
        BlockProposer proposer,
        BlockJudge judge,
        PoolUpkeep upkeep,
        ChainPruner pruner,
        EvidencePool evidence,
        BlockFeed feed,
        NodeMetrics metrics,
        ILogger logger)
    {
        _tip = tip;
        _state = state;
        _stored = stored;
        _writer = writer;
        _proposer = proposer;
        _judge = judge;
        _upkeep = upkeep;
        _pruner = pruner;
        _evidence = evidence;
        _feed = feed;
        _metrics = metrics;
        _logger = logger;
    }

    public ChainTip Tip => _tip;

    /// <summary>True when a transaction could go into a block now.</summary>
    public bool HasWork => _upkeep.HasWork;

    /// <summary>The oldest block kept, 0 when there is none.</summary>
    public Height FirstBlock => _firstBlock.Value == 0 ? _firstBlock = _stored.First : _firstBlock;

    /// <summary>
    /// How long the next height waits, milliseconds: the rest of the least time between two blocks. A clock that is behind the
    /// last block's time waits no longer than that; whoever proposes then uses the last time + 1 ms.
    /// </summary>
    public long NextHeightDelayMs(long nowMs)
    {
        long intervalMs = (long)Parameters.Load(_state).MinBlockIntervalMs;
        return Math.Clamp(Tip.Time.UnixMs + intervalMs - nowMs, 0, intervalMs);
    }

    /// <summary>Stops the node where the next height needs another program.</summary>
    /// <exception cref="NodeStopException">Governance planned the next height for rules that this program does not have.</exception>
    public void CheckRules()
    {
        if (!ProtocolVersions.IsKnown(Tip.AppVersion))
        {
            throw new NodeStopException(
                ExitCode.UpgradeHalt,
                $"block {Tip.Height} was the last one under the rules of this program; the next needs application version {Tip.AppVersion}",
                "Start the node again with the program of the planned upgrade ('chain query upgrade' showed its hash).");
        }
    }

    /// <summary>What the core must know to decide the next height.</summary>
    /// <exception cref="NodeStopException">As <see cref="CheckRules"/>.</exception>
    public Input.HeightStarted NextHeight()
    {
        CheckRules();
        Parameters parameters = Parameters.Load(_state);
        ConsensusTiming timing = new(
            (long)parameters.ProposeMs,
            (long)parameters.ProposeDeltaMs,
            (long)parameters.PrevoteMs,
            (long)parameters.PrevoteDeltaMs,
            (long)parameters.PrecommitMs,
            (long)parameters.PrecommitDeltaMs,
            (long)parameters.PrecisionMs,
            (long)parameters.MessageDelayMs);
        bool followsAtOnce = Tip.CallsForAnotherBlock || HasWork;
        long waitMs = followsAtOnce ? 0 : (long)parameters.EmptyBlockIntervalMs;
        return new Input.HeightStarted(Tip.Height.Next, Tip.Validators, Tip.Commit, Tip.Time, timing, waitMs);
    }

    /// <summary>
    /// Builds our own block on the tip and names it. The first time after a restart it is the one that the log holds, if
    /// any: the guard may have signed for it.
    /// </summary>
    public Block Build(Commit lastCommit, Timestamp time, out BlockId id)
    {
        if (_builtBefore is { } before && Judge(before) is { IsValid: true })
        {
            (id, _builtBefore) = (before, null);
            return _blocks.Find(id)!;
        }
        ExecutedBlock built = _proposer.Build(Tip, lastCommit, time);
        _blocks.Add(built);
        id = built.Id;
        return built.Block;
    }

    /// <summary>Takes in a block of the running height that the log holds, to be judged when the core asks.</summary>
    public void Remember(BlockId id, Block block)
    {
        _blocks.Add(id, block);
        _blocks.MarkPersisted(id);
        if (block.Header.ProposerAddress == _proposer.Self) _builtBefore = id;
    }

    /// <summary>A block of the running height, or null while its contents are not here.</summary>
    public Block? Find(BlockId id) => _blocks.Find(id);

    /// <summary>Takes in a whole block of the running height, whose id has been checked.</summary>
    public void Receive(BlockId id, Block block)
    {
        if (_blocks.Find(id) is null) _blocks.Add(id, block);
    }

    /// <summary>Validity and header time of a block; null while its contents are not here.</summary>
    public (bool IsValid, Timestamp Time)? Judge(BlockId id)
    {
        if (_blocks.Find(id) is not { } block) return null;
        if (_blocks.Executed(id) is not null) return (true, block.Header.Time);
        long started = _metrics.Now();
        if (_judge.Judge(Tip, block, id) is not { } executed) return (false, block.Header.Time);
        _metrics.Processed(started);
        _blocks.Add(executed);
        return (true, block.Header.Time);
    }

    /// <summary>The log's record of a whole block, or null when the log has it.</summary>
    public WalRecord? UnpersistedRecord(BlockId id)
    {
        Block? block = _blocks.Find(id);
        Invariant.Holds(block is not null, "a block that is persisted is here");
        if (!_blocks.MarkPersisted(id)) return null;
        byte[] encoded = block.Encode();
        _segmentBytes += encoded.Length;
        return new WalRecord.BlockStored(block.Header.Height, id, encoded);
    }

    /// <summary>
    /// Moves the tip to a decided block. Block and commit are in the log, on disk. True when the store was synced with it,
    /// so that the log may start anew.
    /// </summary>
    public bool Decide(Commit commit)
    {
        ExecutedBlock executed = _blocks.Executed(commit.BlockId) ?? ExecuteDecided(commit.BlockId);
        bool sync = ++_segmentHeights >= ReplicaLimits.SegmentHeightsMax || _segmentBytes >= ReplicaLimits.SegmentBytesMax;
        if (sync) (_segmentHeights, _segmentBytes) = (0, 0);
        StoredBlock stored = Write(executed, commit, sync);
        _evidence.DropSettled(Tip.Height, Tip.Time);
        _pruner.Step(Tip);
        _firstBlock = default;
        _upkeep.AfterBlock(executed);
        _metrics.Decided(stored);
        _feed.Publish(stored);
        int count = executed.Block.Transactions.Count;
        if (count > 0) NodeLog.Decided(_logger, Tip.Height.Value, commit.Round.Value, count, Tip.AppHash);
        else NodeLog.DecidedEmpty(_logger, Tip.Height.Value, commit.Round.Value);
        return sync;
    }

    /// <summary>
    /// After a restart the log goes on in the segment of this height: it must not grow without end where nobody runs the node for
    /// long.
    /// </summary>
    public void ContinueSegment(long height) => _segmentHeights = Math.Max(0, Tip.Height.Next.Value - height);

    /// <summary>Makes the store durable up to the tip.</summary>
    public void Sync() => _writer.Sync();

    /// <summary>Applies again a block that the log holds as decided and the store had not kept.</summary>
    public void Redo(Block block, Commit commit)
    {
        ExecutedBlock executed = _judge.ExecuteDecided(Tip, block, commit.BlockId);
        Write(executed, commit, sync: false);
    }

    /// <summary>Keeps evidence of a double vote for a block of ours.</summary>
    public void Report(ConflictingVotes votes) => _evidence.Report(votes);

    /// <summary>After a restart the log tells the core that a block was valid; its execution died with the process.</summary>
    private ExecutedBlock ExecuteDecided(BlockId id)
    {
        Block? block = _blocks.Find(id);
        Invariant.Holds(block is not null, "a decided block is here");
        return _judge.ExecuteDecided(Tip, block, id);
    }

    private StoredBlock Write(ExecutedBlock executed, Commit commit, bool sync)
    {
        (ChainTip tip, StoredBlock stored) = _writer.Apply(Tip, executed, commit, sync);
        _tip = tip;
        _blocks.Clear();
        _builtBefore = null;
        return stored;
    }
}
