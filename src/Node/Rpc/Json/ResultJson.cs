using System;
using System.Collections.Generic;
using System.Text.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;

namespace Chain.Node.Rpc.Json;

/// <summary>ABCI results in the form that v0.38's own marshaller gives them: every field present, defaults included.</summary>
internal static class ResultJson
{
    /// <summary>The only codespace: codes are unique across the chain.</summary>
    private const string Codespace = "chain";

    /// <summary>The code space of a result: none for success.</summary>
    public static string CodespaceOf(uint code) => code == 0 ? "" : Codespace;

    public static void ExecResult(this Utf8JsonWriter writer, TransactionResult result)
    {
        writer.WriteStartObject();
        Fields(writer, result.Code, result.Data.Span, ResultTexts.LogOf(result.Code), result.GasWanted, result.GasUsed, result.Events);
        writer.WriteEndObject();
    }

    public static void CheckResult(this Utf8JsonWriter writer, AdmissionResult result)
    {
        writer.WriteStartObject();
        Fields(writer, result.Code, default, result.Log, result.GasWanted, 0, []);
        writer.WriteEndObject();
    }

    public static void ExecResults(this Utf8JsonWriter writer, string name, IReadOnlyList<TransactionResult> results)
    {
        // A nil slice in Go when the block is empty.
        if (results.Count == 0)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartArray(name);
        foreach (TransactionResult result in results) writer.ExecResult(result);
        writer.WriteEndArray();
    }

    public static void Events(this Utf8JsonWriter writer, string name, IReadOnlyList<Event> events)
    {
        writer.WriteStartArray(name);
        foreach (Event happened in events)
        {
            writer.WriteStartObject();
            writer.WriteString("type", happened.Type);
            writer.WriteStartArray("attributes");
            foreach (EventAttribute attribute in happened.Attributes)
            {
                writer.WriteStartObject();
                writer.WriteString("key", attribute.Key);
                writer.WriteString("value", attribute.Value);
                writer.WriteBoolean("index", true);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Block events, validator updates, parameter updates and app hash, as <c>block_results</c> and events end.</summary>
    public static void BlockOutcome(this Utf8JsonWriter writer, string eventsName, BlockResults results)
    {
        if (results.BlockEvents.Count == 0) writer.WriteNull(eventsName);
        else writer.Events(eventsName, results.BlockEvents);
        ValidatorUpdates(writer, results.ValidatorUpdates);
        if (results.ParamsUpdate is { } changed)
        {
            writer.WriteStartObject("consensus_param_updates");
            writer.WriteStartObject("block");
            writer.Int64("max_bytes", changed.BlockBytesMax);
            writer.Int64("max_gas", changed.BlockGasMax);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("consensus_param_updates");
        }
        writer.Base64("app_hash", results.AppHash.Span);
    }

    private static void ValidatorUpdates(Utf8JsonWriter writer, IReadOnlyList<ValidatorUpdate> updates)
    {
        if (updates.Count == 0)
        {
            writer.WriteNull("validator_updates");
            return;
        }
        writer.WriteStartArray("validator_updates");
        foreach (ValidatorUpdate update in updates)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("pub_key");
            writer.WriteStartObject("Sum");
            writer.WriteString("type", "tendermint.crypto.PublicKey_Ed25519");
            writer.WriteStartObject("value");
            writer.WriteBase64String("ed25519", update.PublicKey.Span);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            // Go omits a zero power, which stands for a removal.
            if (update.Power != 0) writer.Int64("power", update.Power);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Fields(
        Utf8JsonWriter writer,
        uint code,
        ReadOnlySpan<byte> data,
        string log,
        long gasWanted,
        long gasUsed,
        IReadOnlyList<Event> events)
    {
        writer.WriteNumber("code", code);
        writer.Base64("data", data);
        writer.WriteString("log", log);
        writer.WriteString("info", "");
        writer.Int64("gas_wanted", gasWanted);
        writer.Int64("gas_used", gasUsed);
        writer.Events("events", events);
        writer.WriteString("codespace", CodespaceOf(code));
    }
}
