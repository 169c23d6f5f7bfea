using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Genesis;

/// <summary>
/// The state of another chain that this one begins with, instead of accounts, providers, seats and grants of its own. It lies
/// in a file beside the genesis, as <c>chain export</c> writes it.
/// </summary>
/// <param name="ChainId">The chain that it comes from; never the new one's.</param>
/// <param name="Height">Its height there; the new chain's first block is the next one.</param>
/// <param name="Sha256">Of the file.</param>
public sealed record GenesisStateFile(string ChainId, long Height, Hash256 Sha256);
