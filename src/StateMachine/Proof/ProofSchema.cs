using System.Collections.Generic;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof;

/// <summary>Key prefixes of proofs, 0x38 to 0x3f and 0x80 to 0x81 of the market store.</summary>
public static class ProofSchema
{
    /// <summary>Number of the epoch.</summary>
    public const byte ProbeEpoch = 0x38;

    /// <summary>Number of the epoch, number of the lease.</summary>
    public const byte ProbeSheet = 0x39;

    /// <summary>Number of the epoch, address of the prober.</summary>
    public const byte ProbeCommit = 0x3a;

    /// <summary>Number of the lease.</summary>
    public const byte DataSet = 0x3b;

    /// <summary>Number of the lease.</summary>
    public const byte LogRoot = 0x3c;

    /// <summary>Number.</summary>
    public const byte Task = 0x3d;

    /// <summary>Address of the worker.</summary>
    public const byte WorkerStreak = 0x3e;

    /// <summary>Address of the provider.</summary>
    public const byte Capacity = 0x80;

    /// <summary>Address of the issuer, address of the subject, schema.</summary>
    public const byte AttestationChallenge = 0x81;

    public static IReadOnlyList<SchemaEntry> Entries { get; } =
    [
        new(StoreId.Market, ProbeEpoch, "probe_epoch", SchemaEntry.HoldsNothing),
        new(StoreId.Market, ProbeSheet, "probe_sheet", SchemaEntry.HoldsNothing),
        new(StoreId.Market, ProbeCommit, "probe_commit", SchemaEntry.HoldsNothing),
        new(StoreId.Market, DataSet, "data_set", SchemaEntry.HoldsNothing),
        new(StoreId.Market, LogRoot, "log_root", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Task, "task", TaskStore.Held),
        new(StoreId.Market, Capacity, "capacity", SchemaEntry.HoldsNothing),
        new(StoreId.Market, AttestationChallenge, "attestation_challenge", SchemaEntry.HoldsNothing),
        new(StoreId.Market, WorkerStreak, "worker_streak", SchemaEntry.HoldsNothing),
    ];
}
