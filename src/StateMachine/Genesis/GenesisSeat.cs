using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Genesis;

/// <summary>Which provider answers for a genesis validator, and the key of its node.</summary>
public sealed record GenesisSeat(Address Provider, PublicKey ConsensusKey, PublicKey NodeKey);
