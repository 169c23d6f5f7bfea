using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Genesis;

/// <summary>An accreditation from the start; scopes as in <see cref="Registry.Accreditations"/>.</summary>
public sealed record GenesisAccreditation(Address Address, byte Scope, Timestamp Expires);
