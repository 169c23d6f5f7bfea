using System;
using BenchmarkDotNet.Attributes;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Benchmarks;

/// <summary>
/// Blocks without transactions on a state of many running leases whose epochs all end in the same second: the most timed work
/// that they can be. It is capped, so a hundred times the leases must not take more than the cap allows.
/// </summary>
public class TimedMovesBenchmarks : IDisposable
{
    /// <summary>So few that all of them move in one block.</summary>
    private const int FewLeases = 1_000;

    private readonly MemoryStore _store = new();
    private StateStore _state = null!;
    private BlockInput _quiet = null!;
    private BlockInput _due = null!;

    [Params(1_000, 100_000)]
    public int Leases { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _state = new StateStore(_store);
        Height height = BigState.Write(_store, _state, accounts: 1_000, Leases);
        Parameters parameters = Parameters.Load(_state);
        _quiet = BlockAt(height.Next, 1);
        _due = BlockAt(height.Next, (long)parameters.EpochSeconds);
        int moves = 0;
        foreach (Event happened in Due().BlockEvents) moves += happened.Type == "EpochClosed" ? 1 : 0;
        ulong work = (ulong)moves * TimedKinds.Find(TimedKind.Lease)!.Weight;
        int few = Math.Min(FewLeases, Leases);
        Console.WriteLine($"// {Leases} leases due: {moves} moved in one block, {work} work units, the cap is {parameters.TimedWorkMax}; "
            + $"work at {Leases} leases / at {few}: {(double)moves / few:0.00}");
        Invariant.Holds(work <= parameters.TimedWorkMax, "timed work stays within its cap");
    }

    /// <summary>Nothing is due.</summary>
    [Benchmark(Baseline = true)]
    public BlockOutcome Quiet() => BlockExecutor.Execute(_state, _quiet);

    /// <summary>Every lease is due; as many move as the cap allows.</summary>
    [Benchmark]
    public BlockOutcome Due() => BlockExecutor.Execute(_state, _due);

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A market second is what counts; the block before stood a moment ago, so that no outage is seen.</summary>
    private static BlockInput BlockAt(Height height, long seconds) => new(
        Samples.ChainId, height, Samples.Time.AddMs(seconds * 1000), Samples.Time.AddMs((seconds * 1000) - 1000), 1,
        Samples.AddressOf(-1), [], [], []);
}
