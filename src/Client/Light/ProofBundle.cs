using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Client.Light;

/// <summary>
/// Everything that proves one value of the state, as a node gave it: the query's answer with its proof, the header of the
/// next height with its commit, and the validators of that height. It can be kept in a file and checked without any node.
/// </summary>
public sealed class ProofBundle
{
    private const string Format = "chain/state-proof/1";

    private readonly JsonElement _query;
    private readonly JsonElement _commit;
    private readonly JsonElement[] _validators;

    internal ProofBundle(string store, byte[] key, JsonElement query, JsonElement commit, JsonElement[] validators)
    {
        Store = store;
        Key = key;
        _query = query;
        _commit = commit;
        _validators = validators;
        Query = AnswerJson.Query(query);
        SignedHeader = AnswerJson.SignedHeader(commit);
        List<Validator> members = [];
        foreach (JsonElement item in validators) members.Add(BlockJson.Validator(item));
        Validators = members;
    }

    public string Store { get; }

    /// <summary>The raw key that was asked for; what the node repeats is never trusted.</summary>
    public byte[] Key { get; }

    public QueryAnswer Query { get; }

    public SignedHeader SignedHeader { get; }

    public IReadOnlyList<Validator> Validators { get; }

    /// <summary>A JSON object whose parts are the node's answers in CometBFT's own form.</summary>
    public JsonObject ToJson()
    {
        JsonArray validators = [];
        foreach (JsonElement item in _validators) validators.Add(JsonNode.Parse(item.GetRawText()));
        return new JsonObject
        {
            ["format"] = Format,
            ["store"] = Store,
            ["key"] = Hex.Lower(Key),
            ["abci_query"] = JsonNode.Parse(_query.GetRawText()),
            ["commit"] = JsonNode.Parse(_commit.GetRawText()),
            ["validators"] = validators,
        };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote. Anything else is a <see cref="ClientException"/>.</summary>
    public static ProofBundle FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement.Clone();
            if (RpcJson.TextOr(root, "format", "") == Format && Hex.TryDecode(RpcJson.Text(root, "key"), out byte[] key))
            {
                return new ProofBundle(
                    RpcJson.Text(root, "store"),
                    key,
                    RpcJson.Field(root, "abci_query"),
                    RpcJson.Field(root, "commit"),
                    RpcJson.Items(root, "validators"));
            }
        }
        catch (JsonException)
        {
            // Said below: a file that is not JSON is no proof either.
        }
        throw new ClientException(ClientErrorCode.BadInput, "This is not a saved state proof.",
            $"A proof file is JSON with \"format\": \"{Format}\".", "Make one with 'chain light verify … --save FILE'.");
    }
}
