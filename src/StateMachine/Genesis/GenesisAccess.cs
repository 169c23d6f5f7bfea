using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Genesis;

/// <summary>A node that may connect without being a validator.</summary>
public sealed record GenesisAccess(PublicKey NodeKey, Timestamp Expires);
