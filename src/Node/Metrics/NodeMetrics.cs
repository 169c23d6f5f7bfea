using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Consensus.Core;
using Chain.Consensus.Votes;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Metrics;

/// <summary>
/// What a node counts while it runs and cannot be asked for later. Written on the replica's thread, and the times of the disk on
/// whichever waits for it; read on any.
/// </summary>
public sealed class NodeMetrics(TimeProvider time)
{
    private const double MsPerSecond = 1000;

    private readonly long[] _notes = new long[Enum.GetValues<NoteKind>().Length];
    private long _roundStarted = time.GetTimestamp();
    private long _lastBlock = time.GetTimestamp();
    private volatile BlockFacts? _facts;
    private ValidatorSet? _lastValidators;
    private Timestamp? _lastTime;
    private long _totalTransactions;
    private long _totalWork;
    private long _refusedHeight;
    private long _chainBytes;
    private long _parameterUpdates;
    private long _setUpdates;
    private long _fetchedBlocks;
    private long _proposalsMade;
    private long _duplicateVotes;
    private readonly long[] _proposals = new long[2];
    private readonly long[] _lateVotes = new long[(int)VoteType.Precommit + 1];
    private Step _step;
    private long _stepStarted = time.GetTimestamp();
    private int _round;

    /// <summary>Seconds between the header times of two blocks.</summary>
    public Histogram BlockIntervals { get; } = Histogram.OfSeconds();

    /// <summary>Seconds that rounds took; 0.1 to 100 in eight steps as in CometBFT.</summary>
    public Histogram Rounds { get; } = Histogram.OfRoundSeconds();

    /// <summary>Seconds that each step took, by <see cref="Step"/>; the time between two heights is under <see cref="Step.Decided"/>.</summary>
    public IReadOnlyList<Histogram> Steps { get; } = Array.ConvertAll(Enum.GetValues<Step>(), static _ => Histogram.OfRoundSeconds());

    /// <summary>Who signed.</summary>
    public SignedRecord Signed { get; } = new();

    /// <summary>Milliseconds that checking and executing a block took.</summary>
    public Histogram Processing { get; } = new(1, 11, 21, 31, 41, 51, 61, 71, 81, 91);

    /// <summary>Seconds that a sync of the write-ahead log took.</summary>
    public Histogram LogSyncs { get; } = Histogram.OfDiskSeconds();

    /// <summary>Seconds that a sync of the sign guard took.</summary>
    public Histogram GuardSyncs { get; } = Histogram.OfDiskSeconds();

    /// <summary>Seconds that writing a batch into the store took.</summary>
    public Histogram StoreBatches { get; } = Histogram.OfDiskSeconds();

    /// <summary>What the newest block showed; null before the first since the start.</summary>
    public BlockFacts? Facts => _facts;

    public int Round => Volatile.Read(ref _round);

    public long TotalTransactions => Interlocked.Read(ref _totalTransactions);

    /// <summary>Bytes of all blocks since the start.</summary>
    public long ChainBytes => Interlocked.Read(ref _chainBytes);

    /// <summary>Blocks that changed consensus parameters.</summary>
    public long ParameterUpdates => Interlocked.Read(ref _parameterUpdates);

    /// <summary>Blocks that changed the validators.</summary>
    public long SetUpdates => Interlocked.Read(ref _setUpdates);

    /// <summary>Blocks that were fetched decided.</summary>
    public long FetchedBlocks => Interlocked.Read(ref _fetchedBlocks);

    /// <summary>Proposals of this node.</summary>
    public long ProposalsMade => Interlocked.Read(ref _proposalsMade);

    /// <summary>Votes of peers that were here already.</summary>
    public long DuplicateVotes => Interlocked.Read(ref _duplicateVotes);

    /// <summary>Work units of all transactions since the start.</summary>
    public long TotalWork => Interlocked.Read(ref _totalWork);

    /// <summary>The newest height at which the guard refused to sign; 0 for none.</summary>
    public long RefusedHeight => Interlocked.Read(ref _refusedHeight);

    /// <summary>Since the last block, or since the start where none came.</summary>
    public TimeSpan SinceBlock => time.GetElapsedTime(Interlocked.Read(ref _lastBlock));

    /// <summary>How often the core noted something.</summary>
    public long NotesOf(NoteKind kind) => Interlocked.Read(ref _notes[(int)kind]);

    /// <summary>Proposals of peers that were taken or refused.</summary>
    public long ProposalsOf(bool accepted) => Interlocked.Read(ref _proposals[accepted ? 1 : 0]);

    /// <summary>Votes of peers for a round or height that is over.</summary>
    public long LateVotesOf(VoteType type) => Interlocked.Read(ref _lateVotes[(int)type]);

    /// <summary>A proposal came from a peer.</summary>
    public void ProposalCame(bool accepted) => Interlocked.Increment(ref _proposals[accepted ? 1 : 0]);

    /// <summary>This node made a block to propose.</summary>
    public void ProposalMade() => Interlocked.Increment(ref _proposalsMade);

    /// <summary>A decided block was fetched and applied.</summary>
    public void BlockFetched() => Interlocked.Increment(ref _fetchedBlocks);

    /// <summary>A genuine vote came from a peer; call it before the core has it.</summary>
    public void VoteCame(Vote vote, HeightMachine core)
    {
        bool isLate = vote.Height < core.Height || (vote.Height == core.Height && vote.Round < core.Round);
        if (isLate) Interlocked.Increment(ref _lateVotes[(int)vote.Type]);
        if (vote.Height != core.Height) return;
        foreach (RoundMessages round in core.Rounds)
        {
            bool isKnown = round.Round == vote.Round
                && round.Tally(vote.Type).Of(vote.ValidatorIndex) is { } known && known.Signature == vote.Signature;
            if (isKnown) Interlocked.Increment(ref _duplicateVotes);
        }
    }

    /// <summary>Where the core stands after an input.</summary>
    public void Stands(Step step)
    {
        if (step == _step) return;
        Steps[(int)_step].Observe(time.GetElapsedTime(_stepStarted).TotalSeconds);
        (_step, _stepStarted) = (step, time.GetTimestamp());
    }

    /// <summary>Something that the core notes happened.</summary>
    public void Noted(Effect.Note note)
    {
        Interlocked.Increment(ref _notes[(int)note.Kind]);
        if (note.Kind == NoteKind.SignRefused) Interlocked.Exchange(ref _refusedHeight, note.Height.Value);
        if (note.Kind != NoteKind.RoundStarted) return;
        Volatile.Write(ref _round, note.Round.Value);
        if (note.Round > Chain.Primitives.Blocks.Round.Zero) EndRound();
        _roundStarted = time.GetTimestamp();
    }

    /// <summary>A block was checked and executed.</summary>
    public void Processed(long startedAt) => Processing.Observe(time.GetElapsedTime(startedAt).TotalMilliseconds);

    /// <summary>For <see cref="Processed"/>.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>A block is the new tip.</summary>
    public void Decided(StoredBlock stored)
    {
        EndRound();
        Interlocked.Exchange(ref _lastBlock, time.GetTimestamp());
        Block block = stored.Block;
        if (_lastTime is { } before) BlockIntervals.Observe((block.Header.Time.UnixMs - before.UnixMs) / MsPerSecond);
        _lastTime = block.Header.Time;
        Interlocked.Add(ref _totalTransactions, block.Transactions.Count);
        foreach (TransactionResult result in stored.Results.Transactions) Interlocked.Add(ref _totalWork, result.GasUsed);
        Interlocked.Add(ref _chainBytes, BlockSize.Of(block));
        if (stored.Results.ParamsUpdate is not null) Interlocked.Increment(ref _parameterUpdates);
        if (stored.Results.ValidatorUpdates.Count > 0) Interlocked.Increment(ref _setUpdates);
        BlockFacts facts = BlockFacts.Of(stored, _lastValidators);
        Signed.Add(facts);
        _facts = facts;
        _lastValidators = stored.Validators;
    }

    private void EndRound() => Rounds.Observe(time.GetElapsedTime(_roundStarted).TotalSeconds);
}
