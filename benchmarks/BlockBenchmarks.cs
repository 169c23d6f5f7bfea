using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Benchmarks;

/// <summary>
/// A block of 1,000 transfers, each from an account of its own to another of 2,000, on a state in the memory store. Every
/// node does these for every block; times are for the whole block.
/// </summary>
public class BlockBenchmarks : IDisposable
{
    private const int TransferCount = 1_000;

    private readonly MemoryStore _store = new();
    private IReadOnlyList<SignedTransaction> _decoded = [];
    private StateStore _state = null!;
    private BlockInput _block = null!;
    private Height _genesisHeight;

    [GlobalSetup]
    public void Setup()
    {
        GenesisState genesis = GenesisState.Build(Samples.Genesis(accounts: 2 * TransferCount));
        _genesisHeight = genesis.Height;
        _state = new StateStore(_store);
        WriteBatch batch = new();
        _state.Prepare(genesis.Height, genesis.Changes, batch);
        _store.Write(batch, sync: true);
        List<byte[]> transfers = [];
        for (int i = 0; i < TransferCount; i++) transfers.Add(Samples.Transfer(i, Samples.AddressOf(TransferCount + i)).Bytes);
        _block = new BlockInput(
            Samples.ChainId, genesis.Height.Next, Samples.Time.AddMs(1000), Samples.Time, 1,
            genesis.Validators.Proposer.Address, [], [], transfers);
        BlockFault fault = BlockValidity.CheckUnsigned(_state, _block, out _decoded);
        Invariant.Holds(fault.Code == BlockFaultCode.None, "the block is valid");
        foreach (TransactionOutcome result in Execute().Results)
        {
            Invariant.Holds(result.Code == ResultCode.Ok, "every transfer succeeds");
        }
    }

    /// <summary>Decoding and judging the block with one signature after the other: what V bounds.</summary>
    [Benchmark]
    public BlockFault CheckValidity() => BlockValidity.Check(_state, _block);

    /// <summary>Decoding and judging it where the mempool has checked the signatures.</summary>
    [Benchmark]
    public BlockFault CheckValidityUnsigned() => BlockValidity.CheckUnsigned(_state, _block, out _);

    /// <summary>Executing it, decoded by the check.</summary>
    [Benchmark]
    public BlockOutcome Execute() => BlockExecutor.Execute(_state, _block, _decoded);

    /// <summary>Executing it and preparing the state's batch with the app hash.</summary>
    [Benchmark]
    public Hash256 ExecuteAndHashState() => _state.Prepare(_genesisHeight.Next, Execute().Changes, new WriteBatch());

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }
}
