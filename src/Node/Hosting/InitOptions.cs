using System.Collections.Generic;
using Chain.Node.Export;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;

namespace Chain.Node.Hosting;

/// <summary>What a new home is made from.</summary>
/// <param name="ChainId">Of the form <c>name-N</c>; never reuse one.</param>
/// <param name="GenesisMs">Genesis time, Unix milliseconds.</param>
/// <param name="Operator">Account of the provider that runs the only validator.</param>
/// <param name="Genesis">The genesis of an existing chain; null makes a chain of which this node is the only validator.</param>
/// <param name="Import">The state that the new chain begins with, or that <paramref name="Genesis"/> names.</param>
public sealed record InitOptions(
    string ChainId,
    long GenesisMs,
    NodeConfig Config,
    Parameters Parameters,
    Address Operator,
    IReadOnlyList<GenesisAccount> Accounts,
    IReadOnlyList<GenesisAccreditation> Accreditations,
    GenesisDocument? Genesis = null,
    ImportOptions? Import = null);
