using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Proofs;

namespace Chain.Client.Answers;

/// <summary>Answer of <c>abci_query</c>.</summary>
/// <param name="Code">0, or the chain's code for why there is no answer.</param>
/// <param name="Height">The height of the state that was read; its app hash stands in the header of the next height.</param>
/// <param name="Key">The raw key.</param>
/// <param name="Value">The stored bytes; empty when the key does not exist.</param>
/// <param name="Proof">Proof operations, lowest first; empty when none was asked for.</param>
/// <param name="Log">The node's detail on a refusal.</param>
public sealed record QueryAnswer(uint Code, Height Height, byte[] Key, byte[] Value, IReadOnlyList<ProofOp> Proof,
    string Log);
