using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>A provider that is registered from the start. Its stake is minted on top of the accounts' balances.</summary>
/// <param name="Stake">Bonded, ncredit.</param>
/// <param name="Attributes">Names ascending.</param>
/// <param name="Capacity">Classes ascending.</param>
public sealed record GenesisProvider(
    Address Address,
    ulong Stake,
    string Region,
    IReadOnlyList<ProviderAttribute> Attributes,
    IReadOnlyList<ClassCapacity> Capacity,
    string Did,
    Hash256 EndpointHash);
