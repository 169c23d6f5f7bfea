using System;
using System.Threading;
using Chain.Consensus.Core;
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
    private int _round;

    /// <summary>Seconds between the header times of two blocks.</summary>
    public Histogram BlockIntervals { get; } = Histogram.OfSeconds();

    /// <summary>Seconds that rounds took; 0.1 to 100 in eight steps as in CometBFT.</summary>
    public Histogram Rounds { get; } = new(.1, .26827, .71969, 1.93070, 5.17947, 13.8950, 37.2759, 100);

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

    /// <summary>Work units of all transactions since the start.</summary>
    public long TotalWork => Interlocked.Read(ref _totalWork);

    /// <summary>The newest height at which the guard refused to sign; 0 for none.</summary>
    public long RefusedHeight => Interlocked.Read(ref _refusedHeight);

    /// <summary>Since the last block, or since the start where none came.</summary>
    public TimeSpan SinceBlock => time.GetElapsedTime(Interlocked.Read(ref _lastBlock));

    /// <summary>How often the core noted something.</summary>
    public long NotesOf(NoteKind kind) => Interlocked.Read(ref _notes[(int)kind]);

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
        _facts = BlockFacts.Of(stored, _lastValidators);
        _lastValidators = stored.Validators;
    }

    private void EndRound() => Rounds.Observe(time.GetElapsedTime(_roundStarted).TotalSeconds);
}
