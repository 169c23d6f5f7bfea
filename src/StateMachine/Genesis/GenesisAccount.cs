using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Genesis;

/// <summary>Credits that an address starts with, in ncredit.</summary>
public sealed record GenesisAccount(Address Address, ulong Balance);
