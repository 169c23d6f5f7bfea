using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Node.Metrics;
using Chain.Node.Peers;
using Chain.Node.Storage.Wal;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Microsoft.Extensions.Logging;
using WalRecord = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Node.Core;

/// <summary>
/// Feeds the consensus core and carries out its effects in order. What an effect answers is fed before anything that waits
/// in the inbox.
/// </summary>
/// <remarks>
/// Before one of our messages leaves, the guard that holds it is on the disk, and so is the log with everything that led to it, for
/// a precommit the whole block included: a lock is never forgotten, nor a vote that the guard no longer holds. Only what leads to
/// the proposal and the prevote of a first round is handed to the system and waits for the next fsync: there is no vote before them.
/// A kill loses none of it; after a power failure the guard's vote is counted without its reasons, and the round ends by its
/// timeouts (docs/adr/0012).
/// </remarks>
public sealed class EffectRunner
{
    private readonly HeightMachine _core;
    private readonly ValidatorSigner _signer;
    private readonly WriteAheadLog _log;
    private readonly BlockLedger _ledger;
    private readonly InputScheduler _schedule;
    private readonly NodeClock _clock;
    private readonly PeerVoice _voice;
    private readonly BlockAssembler _assembler;
    private readonly NodeMetrics _metrics;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<WalRecord> _unfinished;
    private readonly EffectList _effects = new();
    private readonly Queue<Input> _answers = new();
    private bool _isStopping;

    /// <param name="unfinished">The log's records of the height that was running when the node stopped.</param>
    public EffectRunner(
        HeightMachine core,
        ValidatorSigner signer,
        WriteAheadLog log,
        BlockLedger ledger,
        InputScheduler schedule,
        NodeClock clock,
        PeerVoice voice,
        BlockAssembler assembler,
        IReadOnlyList<WalRecord> unfinished,
        NodeMetrics metrics,
        ILogger logger)
    {
        _core = core;
        _signer = signer;
        _log = log;
        _ledger = ledger;
        _schedule = schedule;
        _clock = clock;
        _voice = voice;
        _assembler = assembler;
        _unfinished = unfinished;
        _metrics = metrics;
        _logger = logger;
    }

    public ChainTip Tip => _ledger.Tip;

    /// <summary>Where consensus stands; null before <see cref="Begin"/>.</summary>
    public ConsensusView? Look() => _core.Validators is null ? null : ConsensusView.Of(_core, Tip.Time);

    /// <summary>Goes on where the log ends: with the height that was running, or with the next one.</summary>
    public void Begin()
    {
        _effects.Clear();
        WalReplay.Run(_core, _ledger.NextHeight(), _unfinished, _effects, _signer.Guard);
        RunEffects();
        Drain();
    }

    public void Feed(Input input)
    {
        // One that was on its way while a decided block overtook it.
        if (input is Input.HeightStarted start && (start.Height != Tip.Height.Next || _isStopping)) return;
        // A height that waits for work would begin to run.
        if (_isStopping && input is Input.WorkAvailable) return;
        _answers.Enqueue(input);
        Drain();
    }

    /// <summary>A block that the core waits for is whole. Its id has been checked.</summary>
    public void BlockArrived(BlockId id, Block block)
    {
        if (block.Header.Height != Tip.Height.Next) return;
        _ledger.Receive(id, block);
        Validate(block.Header.Height, id);
        Drain();
    }

    /// <summary>
    /// Applies a block that others decided, whose commit has been verified. It needs no disk of its own before it counts, as
    /// more than two thirds hold it; so a run of them is synced once, and only the height after the run begins: call
    /// <see cref="GoOn"/> then.
    /// </summary>
    public void ApplyDecided(Block block, BlockId id, Commit commit)
    {
        if (block.Header.Height != Tip.Height.Next) return;
        _ledger.Receive(id, block);
        PersistBlock(id);
        _log.Append(new WalRecord.Decided(commit).Encode());
        MoveTip(commit);
        _ledger.CheckRules();
    }

    /// <summary>After a run of decided blocks.</summary>
    public void GoOn()
    {
        _log.Sync();
        StartNext();
        Drain();
    }

    public void BeginStop() => _isStopping = true;

    /// <summary>No height runs, or the one that runs waits for its first transaction and nothing was signed for it.</summary>
    public bool IsAtRest => _isStopping
        && _signer.Guard.Height <= Tip.Height
        && (_core.Height <= Tip.Height || _core.IsWaitingForWork);

    /// <summary>The log stays: it is the second copy of the newest heights, should the store be damaged while the node is down.</summary>
    public void EndStop()
    {
        _log.Sync();
        _ledger.Sync();
        if (IsAtRest) NodeLog.Stopped(_logger, Tip.Height.Value);
        else NodeLog.StoppedMidway(_logger, Tip.Height.Value);
    }

    private void Drain()
    {
        while (_answers.TryDequeue(out Input? input))
        {
            if (IsOvertaken(input)) continue;
            _effects.Clear();
            _core.Apply(input, _effects);
            _metrics.Stands(_core.Step);
            RunEffects();
            // What came in while the height was waiting to start.
            if (input is Input.HeightStarted && _ledger.HasWork) _answers.Enqueue(new Input.WorkAvailable());
        }
    }

    /// <summary>
    /// A decided block from elsewhere ended the core's height, and the next one waits for its time: what belongs to the old
    /// height is over, though the core does not know.
    /// </summary>
    private bool IsOvertaken(Input input) => _core.Height <= Tip.Height && _core.Step != Step.Decided && input switch
    {
        Input.HeightStarted => false,
        Input.VoteReceived received => received.Vote.Height <= Tip.Height,
        Input.ProposalReceived received => received.Proposal.Height <= Tip.Height,
        _ => true,
    };

    private void RunEffects()
    {
        foreach (Effect effect in _effects) Run(effect);
    }

    private void Run(Effect effect)
    {
        switch (effect)
        {
            case Effect.Persist persist:
                _log.Append(persist.Record.Encode());
                break;
            case Effect.PersistBlock persist:
                PersistBlock(persist.BlockId);
                break;
            case Effect.SignVote sign:
                SecureReasons(sign.Vote.Type, sign.Vote.Round);
                _answers.Enqueue(_signer.Sign(sign.Vote));
                break;
            case Effect.SignProposal sign:
                SecureReasons(VoteType.Proposal, sign.Proposal.Round);
                _answers.Enqueue(_signer.Sign(sign.Proposal));
                break;
            case Effect.BroadcastProposal broadcast:
                Tell(broadcast.Proposal);
                break;
            case Effect.BroadcastVote broadcast:
                _voice.Tell(broadcast.Vote);
                break;
            case Effect.ScheduleTimeout schedule:
                _schedule.Schedule(new Input.TimeoutElapsed(schedule.Timeout), schedule.DelayMs);
                break;
            case Effect.BuildValue build:
                _answers.Enqueue(Build(build));
                break;
            case Effect.ValidateValue validate:
                Validate(validate.Height, validate.BlockId);
                break;
            case Effect.Decide decide:
                _log.Sync();
                MoveTip(decide.Commit);
                StartNext();
                break;
            case Effect.ReportEvidence report:
                _ledger.Report(report.Votes);
                break;
            case Effect.Note note:
                Log(note);
                break;
            default:
                throw new InvariantException($"the runner knows the effect {effect.GetType().Name}");
        }
    }

    /// <summary>Before the guard forgets a vote of this height, and before anything is locked, all that was noted is on the disk.</summary>
    private void SecureReasons(VoteType type, Round round)
    {
        if (type == VoteType.Precommit || round > Round.Zero) _log.Sync();
        else _log.Write();
    }

    /// <summary>The block of a proposal of ours is here: we built it, or judged it when it was first proposed.</summary>
    private void Tell(Proposal proposal)
    {
        if (_ledger.Find(proposal.BlockId) is { } block) _voice.Tell(proposal, block);
    }

    /// <summary>Answers at once where the block is here; otherwise the assembler gets it, and <see cref="BlockArrived"/> answers.</summary>
    private void Validate(Height height, BlockId id)
    {
        if (_ledger.Find(id) is null && _assembler.Want(height, id) is { } whole) _ledger.Receive(id, whole);
        if (_ledger.Judge(id) is { } judged)
        {
            _answers.Enqueue(new Input.ValueValidated(height, id, judged.IsValid, judged.Time));
        }
    }

    private Input.ValueBuilt Build(Effect.BuildValue build)
    {
        Timestamp now = Timestamp.FromUnixMs(_clock.NowMs);
        Timestamp time = now < build.EarliestTime ? build.EarliestTime : now;
        Block block = _ledger.Build(build.LastCommit, time, out BlockId id);
        PersistBlock(id);
        _metrics.ProposalMade();
        return new Input.ValueBuilt(build.Height, build.Round, id, block.Header.Time);
    }

    private void PersistBlock(BlockId id)
    {
        if (_ledger.UnpersistedRecord(id) is { } record) _log.Append(record.Encode());
    }

    private void MoveTip(Commit commit)
    {
        bool startsSegment = _ledger.Decide(commit);
        if (startsSegment)
        {
            _log.StartSegment(_ledger.Tip.Height.Next.Value);
            _log.DropSegmentsBelow(_ledger.Tip.Height.Next.Value);
        }
        _schedule.Clear();
    }

    private void StartNext()
    {
        if (_isStopping) return;
        long delayMs = _ledger.NextHeightDelayMs(_clock.NowMs);
        if (delayMs == 0) _answers.Enqueue(_ledger.NextHeight());
        else _schedule.Schedule(_ledger.NextHeight(), delayMs);
    }

    private void Log(Effect.Note note)
    {
        if (note.Kind == NoteKind.InvalidValueCommitted)
        {
            throw new InvariantException($"more than two thirds committed a block at height {note.Height} that is not valid here");
        }
        _metrics.Noted(note);
        NodeLog.ConsensusNote(_logger, note.Kind, note.Height.Value, note.Round.Value);
    }
}
