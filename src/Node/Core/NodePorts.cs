using System;
using System.Collections.Generic;
using Chain.Consensus.Recovery;
using Chain.Node.Metrics;
using Chain.Node.Signing;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Core;

/// <summary>Everything outside that a node's core is made on: real ones in a node, simulated ones in the simulator.</summary>
public sealed record NodePorts
{
    public required GenesisDocument Genesis { get; init; }

    /// <summary>Where the state lies that the genesis may name.</summary>
    public string GenesisStateFile { get; init; } = "";

    public required PrivateKey ValidatorKey { get; init; }

    public required IKeyValueStore Store { get; init; }

    public required WriteAheadLog Log { get; init; }

    /// <summary>What the log held when it was opened.</summary>
    public required IReadOnlyList<byte[]> LogRecords { get; init; }

    public required SignerStateFile SignerFile { get; init; }

    /// <summary>What the signer's file held, decoded and of this chain.</summary>
    public required SignGuard Guard { get; init; }

    public required NodeClock Clock { get; init; }

    /// <summary>Hands elapsed timeouts back to <see cref="NodeCore.Feed"/>.</summary>
    public required InputScheduler Schedule { get; init; }

    /// <summary>Called when a transaction could go into a block; leads to an <see cref="Chain.Consensus.Core.Input.WorkAvailable"/>.</summary>
    public required Action NotifyWork { get; init; }

    /// <summary>Runs an action soon, on a thread of the pool; null runs it at once.</summary>
    public Action<Action>? Later { get; init; }

    /// <summary>Remembers what it verified.</summary>
    public required ISignatureVerifier Signatures { get; init; }

    /// <summary>Transactions waiting in memory at most.</summary>
    public required int MempoolTransactionsMax { get; init; }

    /// <summary>Their bytes at most.</summary>
    public required long MempoolBytesMax { get; init; }

    /// <summary>Newest heights to keep; 0 keeps all.</summary>
    public long RetainBlocks { get; init; }

    /// <summary>What the node counts of itself.</summary>
    public NodeMetrics Metrics { get; init; } = new(TimeProvider.System);

    /// <summary>Blocks between two snapshots; 0 for none.</summary>
    public long SnapshotInterval { get; init; }

    /// <summary>Runs long work beside the replica's thread; null to do it in small pieces on that thread.</summary>
    public Action<Action>? RunApart { get; init; }

    public required ILogger Logger { get; init; }
}
