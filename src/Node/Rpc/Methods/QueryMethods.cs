using System;
using System.Collections.Generic;
using System.Text.Json;
using Chain.Node.Queries;
using Chain.Node.Rpc.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Store;

namespace Chain.Node.Rpc.Methods;

/// <summary>
/// <c>abci_query</c>: raw keys with proofs under <c>/store/NAME/key</c>, objects as JSON under <c>/market/</c>. Each query reads
/// one snapshot of the database, so that a block landing meanwhile cannot mix two states.
/// </summary>
internal sealed class QueryMethods
{
    private readonly IKeyValueStore _store;
    private readonly QueryTable _typed = new();

    public QueryMethods(RpcPorts ports) => _store = ports.Store;

    public IEnumerable<RpcMethod> All => [RpcMethod.Of("abci_query", ["path", "data", "height", "prove"], Query)];

    private RpcAnswer Query(RpcCall call)
    {
        string path = call.Arguments.Text("path");
        byte[] data = call.Arguments.HexBytes("data");
        long height = call.Arguments.Int64("height") ?? 0;
        bool prove = call.Arguments.Bool("prove");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        using IKeyValueSnapshot snapshot = _store.Snapshot();
        StateStore state = new(snapshot);
        if (state.Newest is not { } newest) return Refuse(default, ResultCode.NotFound, "this node has no state yet");
        if (height < 0 || height > newest.Value) return Refuse(newest, ResultCode.NotFound, $"height {height} is not within [0, {newest}]");
        if (height > 0 && !state.TryGetAppHash(new Height(height), out _))
        {
            return Refuse(newest, ResultCode.NotFound, $"the state of height {height} is not kept; the lowest kept is {state.PrunedBelow}");
        }
        string[] parts = path.Split('/');
        bool isRaw = parts is ["", "store", _, "key"];
        Height at = height > 0 ? new Height(height) : prove ? NewestProvable(snapshot, newest) : newest;
        if (isRaw && StoreNames.TryParse(parts[2], out StoreId store)) return Raw(state, store, data, at, at == newest, prove);
        if (isRaw) return Refuse(at, ResultCode.UnknownKind, $"there is no store {parts[2]}");
        if (prove) return Refuse(at, ResultCode.UnknownKind, "objects are proven by their key: query /store/NAME/key");
        bool isPast = at != newest;
        QueryAnswer answer = _typed.Answer(isPast ? new StateAtHeight(state, at) : state, path, data, isPast);
        return Answer((uint)answer.Code, answer.Log, [], answer.Value, null, at);
    }

    /// <summary>The app hash of a height stands in the next header, so the newest state has no header to prove it yet.</summary>
    private static Height NewestProvable(IKeyValueReader snapshot, Height newest)
    {
        long last = new BlockStore(snapshot).Last.Value;
        return new Height(Math.Max(0, Math.Min(newest.Value, last - 1)));
    }

    private static RpcAnswer Raw(StateStore state, StoreId store, byte[] key, Height at, bool isNewest, bool prove)
    {
        if (key.Length == 0) return Refuse(at, ResultCode.NotCanonical, "the query has no key");
        if (!prove)
        {
            byte[]? value = isNewest ? state.Get(store, key) : state.GetAt(store, key, at);
            return Answer(0, "", key, value ?? [], null, at);
        }
        return state.TryProve(store, key, at, out StateProof? proof)
            ? Answer(0, "", key, proof.Value ?? [], proof, at)
            : Refuse(at, ResultCode.NotFound, $"the state of height {at} cannot be proven; try again after the next block");
    }

    private static RpcAnswer Refuse(Height at, ResultCode code, string log) => Answer((uint)code, log, [], [], null, at);

    private static RpcAnswer Answer(uint code, string log, byte[] key, byte[] value, StateProof? proof, Height at) =>
        RpcAnswer.Object(writer =>
        {
            writer.WriteStartObject("response");
            writer.WriteNumber("code", code);
            writer.WriteString("log", log);
            writer.WriteString("info", "");
            writer.Int64("index", 0);
            writer.Base64("key", key);
            writer.Base64("value", value);
            if (proof is null) writer.WriteNull("proofOps");
            else ProofOps(writer, proof);
            writer.Int64("height", at.Value);
            writer.WriteString("codespace", ResultJson.CodespaceOf(code));
            writer.WriteEndObject();
        });

    private static void ProofOps(Utf8JsonWriter writer, StateProof proof)
    {
        writer.WriteStartObject("proofOps");
        writer.WriteStartArray("ops");
        foreach (ProofOp op in proof.Ops)
        {
            writer.WriteStartObject();
            writer.WriteString("type", op.Type);
            writer.WriteBase64String("key", op.Key);
            writer.WriteBase64String("data", op.Data);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
