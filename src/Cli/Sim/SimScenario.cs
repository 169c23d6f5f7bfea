using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Sim;

/// <summary>A scenario file: who takes part, what they do in which order, and what must have come of it.</summary>
/// <param name="Steps">Read by <see cref="SimScript"/>.</param>
/// <param name="Checks">Read by <see cref="SimReport"/>.</param>
internal sealed record SimScenario(
    string Name, string About, Parameters Parameters, IReadOnlyList<SimActor> Actors, JsonElement Steps, JsonElement Checks)
{
    private const ulong Credit = 1_000_000_000;

    public static SimScenario Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            return new SimScenario(
                root.GetProperty("name").GetString()!,
                root.GetProperty("about").GetString()!,
                ReadParameters(root),
                [.. root.GetProperty("actors").EnumerateArray().Select(ReadActor)],
                root.GetProperty("steps").Clone(),
                root.TryGetProperty("checks", out JsonElement checks) ? checks.Clone() : default);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Bad(path, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The scenario cannot be read: {path}.", e.Message, "Check the path.");
        }
    }

    public static ClientException Bad(string where, string why) => new(
        ClientErrorCode.BadInput, $"The scenario is not well formed: {where}.", why,
        "genesis/scenarios/README.md says what may stand in a scenario.");

    private static Parameters ReadParameters(JsonElement root)
    {
        Parameters parameters = Parameters.Devnet;
        if (!root.TryGetProperty("parameters", out JsonElement changed)) return parameters;
        foreach (JsonProperty entry in changed.EnumerateObject())
        {
            ParameterEntry known = ParameterTable.Find(entry.Name) ?? throw Bad("parameters", $"'{entry.Name}' is no parameter");
            parameters = parameters.With(known.Id, entry.Value.GetUInt64());
        }
        return parameters;
    }

    private static SimActor ReadActor(JsonElement actor)
    {
        string name = actor.GetProperty("name").GetString()!;
        Role? role = null;
        if (actor.TryGetProperty("role", out JsonElement named))
        {
            bool isKnown = JsonNames.TryParse(named.GetString()!, out Role parsed);
            role = isKnown ? parsed : throw Bad(name, $"'{named.GetString()}' is no role");
        }
        using PrivateKey key = PrivateKey.FromSeed(Sha256.Hash(Encoding.UTF8.GetBytes("chain/sim-key/" + name)).Span);
        return new SimActor(
            name, key.PublicKey, role, Number(actor, "credits", 0) * Credit, Number(actor, "stake", 0) * Credit,
            Text(actor, "region", "eu"), Number(actor, "units", 8000), Text(actor, "did", ""));
    }

    public static ulong Number(JsonElement element, string name, ulong otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetUInt64() : otherwise;

    public static string Text(JsonElement element, string name, string otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString()! : otherwise;
}
