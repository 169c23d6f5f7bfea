using System;
using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>Writes the canonical JSON of a genesis. 64-bit integers are text, as in CometBFT.</summary>
internal static class GenesisWriter
{
    private const ulong NanosPerSecond = 1_000_000_000;

    public static byte[] Write(GenesisDocument document)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonWriterOptions options = new()
        {
            Indented = true,
            NewLine = "\n",
            // Base64 holds '+', which the default encoder would write as an escape.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("genesis_time", document.GenesisTime.ToString());
            json.WriteString("chain_id", document.ChainId);
            Number(json, "initial_height", (ulong)document.InitialHeight);
            ConsensusParams(json, document);
            json.WriteStartArray("validators");
            foreach (GenesisValidator validator in document.Validators) Validator(json, validator);
            json.WriteEndArray();
            json.WriteString("app_hash", document.AppHash?.ToString() ?? "");
            AppState(json, document);
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void ConsensusParams(Utf8JsonWriter json, GenesisDocument document)
    {
        Parameters parameters = document.Parameters;
        json.WriteStartObject("consensus_params");
        json.WriteStartObject("block");
        Number(json, "max_bytes", parameters.BlockBytesMax);
        Number(json, "max_gas", parameters.BlockWorkMax);
        json.WriteEndObject();
        json.WriteStartObject("evidence");
        Number(json, "max_age_num_blocks", parameters.EvidenceBlocksMax);
        Number(json, "max_age_duration", parameters.EvidenceSecondsMax * NanosPerSecond);
        Number(json, "max_bytes", parameters.EvidenceBytesMax);
        json.WriteEndObject();
        json.WriteStartObject("validator");
        json.WriteStartArray("pub_key_types");
        json.WriteStringValue("ed25519");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("version");
        Number(json, "app", document.AppVersion);
        json.WriteEndObject();
        json.WriteStartObject("abci");
        Number(json, "vote_extensions_enable_height", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Validator(Utf8JsonWriter json, GenesisValidator validator)
    {
        json.WriteStartObject();
        json.WriteString("address", validator.PublicKey.Address.ToHex());
        PubKey(json, "pub_key", validator.PublicKey);
        Number(json, "power", (ulong)validator.Power);
        json.WriteString("name", validator.Name);
        json.WriteEndObject();
    }

    private static void AppState(Utf8JsonWriter json, GenesisDocument document)
    {
        json.WriteStartObject("app_state");
        json.WriteStartObject("parameters");
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            bool isElsewhere = entry.Name.Contains('.', StringComparison.Ordinal);
            if (!isElsewhere) Number(json, entry.Name, document.Parameters[entry.Id]);
        }
        json.WriteEndObject();
        json.WriteStartArray("accounts");
        foreach (GenesisAccount account in document.Accounts)
        {
            json.WriteStartObject();
            json.WriteString("address", account.Address.ToString());
            Number(json, "balance", account.Balance);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("providers");
        foreach (GenesisProvider provider in document.Providers) Provider(json, provider);
        json.WriteEndArray();
        json.WriteStartArray("seats");
        foreach (GenesisSeat seat in document.Seats)
        {
            json.WriteStartObject();
            json.WriteString("provider", seat.Provider.ToString());
            PubKey(json, "consensus_key", seat.ConsensusKey);
            PubKey(json, "node_key", seat.NodeKey);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Grants(json, document);
        if (document.StateFile is { } file)
        {
            json.WriteStartObject("state_file");
            json.WriteString("chain_id", file.ChainId);
            Number(json, "height", (ulong)file.Height);
            json.WriteString("sha256", file.Sha256.ToString());
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Provider(Utf8JsonWriter json, GenesisProvider provider)
    {
        json.WriteStartObject();
        json.WriteString("address", provider.Address.ToString());
        Number(json, "stake", provider.Stake);
        json.WriteString("region", provider.Region);
        json.WriteStartObject("attributes");
        foreach (ProviderAttribute attribute in provider.Attributes) json.WriteString(attribute.Name, attribute.Value);
        json.WriteEndObject();
        json.WriteStartObject("capacity");
        foreach (ClassCapacity entry in provider.Capacity)
        {
            if (entry.Class != ResourceClass.Gpu) Number(json, ResourceNames.Of(entry.Class), entry.Total);
        }
        json.WriteStartArray(ResourceNames.Gpus);
        foreach (ClassCapacity entry in provider.Capacity)
        {
            if (entry.Class != ResourceClass.Gpu) continue;
            json.WriteStartObject();
            json.WriteString("kind", entry.Gpu.ToString());
            Number(json, "count", entry.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("did", provider.Did);
        json.WriteString("endpoint_hash", provider.EndpointHash.IsZero ? "" : provider.EndpointHash.ToString());
        json.WriteEndObject();
    }

    private static void Grants(Utf8JsonWriter json, GenesisDocument document)
    {
        json.WriteStartArray("accreditations");
        foreach (GenesisAccreditation accreditation in document.Accreditations)
        {
            json.WriteStartObject();
            json.WriteString("address", accreditation.Address.ToString());
            json.WriteString("scope", ScopeNames.Of(accreditation.Scope));
            json.WriteString("expires", accreditation.Expires.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("accesses");
        foreach (GenesisAccess access in document.Accesses)
        {
            json.WriteStartObject();
            PubKey(json, "node_key", access.NodeKey);
            json.WriteString("expires", access.Expires.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void PubKey(Utf8JsonWriter json, string name, in PublicKey key)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "tendermint/PubKeyEd25519");
        json.WriteString("value", Convert.ToBase64String(key.Span));
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, ulong value) =>
        json.WriteString(name, value.ToString(NumberFormatInfo.InvariantInfo));
}
