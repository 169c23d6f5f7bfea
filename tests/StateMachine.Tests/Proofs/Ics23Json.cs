using System;
using System.IO;
using System.Text.Json;
using Chain.StateMachine.Proofs;
using Chain.Tests.Shared;

namespace Chain.StateMachine.Tests.Proofs;

/// <summary>Reads the JSON of the ICS-23 library's test data.</summary>
internal static class Ics23Json
{
    public static readonly ProofSpec Iavl = new(
        new LeafOp(HashOp.Sha256, HashOp.NoHash, HashOp.Sha256, LengthOp.VarProto, [0]),
        new InnerSpec([0, 1], 33, 4, 12, [], HashOp.Sha256));

    public static JsonElement Load(string relative)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Vectors.Path(relative)));
        return document.RootElement.Clone();
    }

    public static byte[] Bytes(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetBytesFromBase64() : [];

    public static int Number(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : 0;

    public static LeafOp Leaf(JsonElement op) => new(
        (HashOp)Number(op, "hash"), (HashOp)Number(op, "prehash_key"), (HashOp)Number(op, "prehash_value"),
        (LengthOp)Number(op, "length"), Bytes(op, "prefix"));

    public static InnerOp Inner(JsonElement op) => new((HashOp)Number(op, "hash"), Bytes(op, "prefix"), Bytes(op, "suffix"));

    public static ExistenceProof Existence(JsonElement proof)
    {
        InnerOp[] path = proof.TryGetProperty("path", out JsonElement steps)
            ? [.. System.Linq.Enumerable.Select(steps.EnumerateArray(), Inner)]
            : [];
        LeafOp? leaf = proof.TryGetProperty("leaf", out JsonElement op) ? Leaf(op) : null;
        return new ExistenceProof(Bytes(proof, "key"), Bytes(proof, "value"), leaf, path);
    }

    public static ProofSpec Spec(JsonElement spec)
    {
        JsonElement inner = spec.GetProperty("inner_spec");
        int[] order = [.. System.Linq.Enumerable.Select(inner.GetProperty("child_order").EnumerateArray(), item => item.GetInt32())];
        InnerSpec shape = new(
            order, Number(inner, "child_size"), Number(inner, "min_prefix_length"), Number(inner, "max_prefix_length"),
            Bytes(inner, "empty_child"), (HashOp)Number(inner, "hash"));
        return new ProofSpec(Leaf(spec.GetProperty("leaf_spec")), shape, Number(spec, "max_depth"), Number(spec, "min_depth"));
    }

    public static byte[] Hex(JsonElement parent, string name) => Convert.FromHexString(parent.GetProperty(name).GetString()!);
}
