using Chain.Primitives.Bytes;

namespace Chain.Node.Rpc;

/// <summary>What the mempool said to a transaction.</summary>
/// <param name="Code">A result code; 0 when it was taken (or would be).</param>
/// <param name="Log">The human text of a refusal; empty on success.</param>
/// <param name="Id">SHA-256 of the raw transaction, also when it was refused.</param>
/// <param name="GasWanted">Work units that it asks for, 0 when unknown.</param>
public readonly record struct AdmissionResult(uint Code, string Log, Hash256 Id, long GasWanted = 0);
