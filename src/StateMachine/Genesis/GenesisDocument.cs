using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Genesis;

/// <summary>
/// The genesis of a chain: CometBFT's genesis JSON, with our state in <c>app_state</c>. <c>genesis/README.md</c> describes
/// every field.
/// </summary>
/// <param name="GenesisTime">Header time of the first block is not before this.</param>
/// <param name="ChainId">Of the form <c>name-N</c>; never reused.</param>
/// <param name="InitialHeight">Height of the first block, from 1.</param>
/// <param name="AppVersion">Which rules the chain starts with.</param>
/// <param name="Parameters">Those of <c>consensus_params</c> and of <c>app_state.parameters</c>.</param>
/// <param name="AppHash">Expected hash of the state that this builds; null to expect none.</param>
public sealed record GenesisDocument(
    Timestamp GenesisTime,
    string ChainId,
    long InitialHeight,
    ulong AppVersion,
    Parameters Parameters,
    IReadOnlyList<GenesisValidator> Validators,
    Hash256? AppHash,
    IReadOnlyList<GenesisAccount> Accounts,
    IReadOnlyList<GenesisProvider> Providers,
    IReadOnlyList<GenesisSeat> Seats,
    IReadOnlyList<GenesisAccreditation> Accreditations,
    IReadOnlyList<GenesisAccess> Accesses)
{
    /// <summary>The state that the chain begins with, when it continues another; null for what the lists here describe.</summary>
    public GenesisStateFile? StateFile { get; init; }

    /// <summary>Parses and validates. All faults are found at once; never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, out GenesisDocument document, out IReadOnlyList<GenesisError> errors) =>
        GenesisParser.TryParse(json, out document, out errors);

    /// <summary>The canonical JSON, which <c>chain init</c> stores: every field, two spaces of indent, a final newline.</summary>
    public byte[] ToJson() => GenesisWriter.Write(this);

    /// <summary>
    /// SHA-256 of the canonical JSON: equal to the file's for a file that we wrote, and the same however another is laid out.
    /// </summary>
    public Hash256 Hash() => Sha256.Hash(ToJson());
}
