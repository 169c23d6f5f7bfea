using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Genesis;

/// <summary>Reads the parts of a genesis file that CometBFT defines; the rest is <see cref="AppStateParser"/>'s.</summary>
internal static class GenesisParser
{
    private const int NameBytesMax = 64;
    private const ulong NanosPerSecond = 1_000_000_000;

    public static bool TryParse(ReadOnlySpan<byte> json, out GenesisDocument document, out IReadOnlyList<GenesisError> errors)
    {
        List<GenesisError> found = [];
        errors = found;
        document = null!;
        if (JsonTree.Parse(json, found) is not { } root) return false;
        FieldReader fields = new(
            root, found, "genesis_time", "chain_id", "initial_height", "consensus_params", "validators", "app_hash", "app_state");
        Timestamp time = fields.Time("genesis_time");
        string? chainId = fields.TextOrNull("chain_id", Limits.ChainIdBytesMax);
        if (chainId is not null && !ChainIds.IsValid(chainId))
        {
            fields.Fail("chain_id", "must have the form name-N, for example market-1 (lower case, N from 1)");
        }
        ulong initialHeight = fields.UInt("initial_height", 1) ?? 1;
        if (initialHeight is 0 or > long.MaxValue / 2) fields.Fail("initial_height", "must be 1 or more");

        FieldReader? state = fields.Object("app_state", AppStateParser.FieldNames);
        ulong[] values = new ulong[ParameterTable.Entries.Count];
        for (int i = 0; i < values.Length; i++) values[i] = ParameterTable.Entries[i].Default;
        ulong appVersion = ConsensusParams(fields, values);
        if (state is not null) AppStateParser.Parameters(state, values);
        Parameters parameters = Parameters.From(values);
        List<GenesisValidator> validators = Validators(fields, found);
        if (found.Count == 0 && !ParameterBounds.TryCheck(parameters, out ParameterId culprit, out string error))
        {
            string name = ParameterTable.Of(culprit).Name;
            string place = name.Contains('.', StringComparison.Ordinal) ? "consensus_params." : "app_state.parameters.";
            found.Add(new GenesisError(AppStateParser.LineOf(fields, state, name), place + name, error));
        }
        if (state is null || found.Count > 0) return false;

        document = new GenesisDocument(
            time,
            chainId ?? "",
            (long)initialHeight,
            appVersion,
            parameters,
            validators,
            fields.OptionalHash("app_hash"),
            AppStateParser.Accounts(state, found),
            AppStateParser.Providers(state, found),
            AppStateParser.Seats(state, found),
            AppStateParser.Accreditations(state, found),
            AppStateParser.Accesses(state, found)) { StateFile = AppStateParser.StateFile(state) };
        if (found.Count == 0) GenesisRules.Check(document, fields, state, found);
        return found.Count == 0;
    }

    private static ulong ConsensusParams(FieldReader fields, ulong[] values)
    {
        FieldReader? consensus = fields.Object("consensus_params", "block", "evidence", "validator", "version", "abci");
        if (consensus is null) return 0;
        FieldReader? block = consensus.Object("block", "max_bytes", "max_gas");
        values[ParameterTable.PlaceOf(ParameterId.BlockBytesMax)] = block?.UInt("max_bytes") ?? 0;
        values[ParameterTable.PlaceOf(ParameterId.BlockWorkMax)] = block?.UInt("max_gas") ?? 0;
        FieldReader? evidence = consensus.Object("evidence", "max_age_num_blocks", "max_age_duration", "max_bytes");
        ulong ageNanos = evidence?.UInt("max_age_duration") ?? 0;
        if (ageNanos % NanosPerSecond != 0) evidence?.Fail("max_age_duration", "must be whole seconds, in nanoseconds");
        values[ParameterTable.PlaceOf(ParameterId.EvidenceSecondsMax)] = ageNanos / NanosPerSecond;
        values[ParameterTable.PlaceOf(ParameterId.EvidenceBlocksMax)] = evidence?.UInt("max_age_num_blocks") ?? 0;
        values[ParameterTable.PlaceOf(ParameterId.EvidenceBytesMax)] = evidence?.UInt("max_bytes") ?? 0;

        FieldReader? validator = consensus.Object("validator", "pub_key_types");
        List<JsonValue> types = validator?.Items("pub_key_types") ?? [];
        bool isEd25519 = types.Count == 1 && types[0].Kind == JsonKind.Text && types[0].Text == "ed25519";
        if (!isEd25519) validator?.Fail("pub_key_types", "must be [\"ed25519\"]");
        FieldReader? version = consensus.Object("version", "app");
        ulong appVersion = version?.UInt("app") ?? 0;
        if (!ProtocolVersions.IsKnown(appVersion)) version?.Fail("app", $"must be {ProtocolVersions.Newest}");
        if (consensus.Find("abci") is not null)
        {
            FieldReader? abci = consensus.Object("abci", "vote_extensions_enable_height");
            ulong enabled = abci?.UInt("vote_extensions_enable_height") ?? 0;
            if (enabled != 0) abci?.Fail("vote_extensions_enable_height", "must be 0: this chain has no vote extensions");
        }
        return appVersion;
    }

    private static List<GenesisValidator> Validators(FieldReader fields, List<GenesisError> errors)
    {
        List<GenesisValidator> validators = [];
        List<ValidatorUpdate> members = [];
        foreach (JsonValue item in fields.Items("validators"))
        {
            int faults = errors.Count;
            FieldReader entry = new(item, errors, "address", "pub_key", "power", "name");
            GenesisValidator validator = new(
                entry.PubKey("pub_key"), (long)Math.Min(entry.UInt("power") ?? 0, long.MaxValue), entry.Text("name", NameBytesMax, ""));
            if (errors.Count > faults) continue;
            if (validator.Power == 0) entry.Fail("power", "must be above zero");
            string address = entry.Text("address", 2 * Address.Size, "");
            bool isItsAddress = address.Length == 0
                || string.Equals(address, validator.PublicKey.Address.ToHex(), StringComparison.OrdinalIgnoreCase);
            if (!isItsAddress) entry.Fail("address", $"is not the key's address {validator.PublicKey.Address.ToHex()}");
            validators.Add(validator);
            members.Add(new ValidatorUpdate(validator.PublicKey, validator.Power));
        }
        if (errors.Count > 0) return validators;
        if (validators.Count == 0) fields.Fail("validators", "must name at least one validator");
        else if (!ValidatorSet.TryCreate(members, out _, out string error)) fields.Fail("validators", error);
        return validators;
    }
}
