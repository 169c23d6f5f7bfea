using System;
using Chain.Primitives;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Admission;

/// <summary>Load and store of requests for access, by node key.</summary>
public static class AccessRequests
{
    public static AccessRequest? Read(IStateReader state, in PublicKey nodeKey)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.AccessRequest, nodeKey.Span));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>The request brought to the block's time: one that is due goes now.</summary>
    public static AccessRequest? Load(ExecutionContext context, in PublicKey nodeKey)
    {
        Move(context, nodeKey.ToArray());
        return Read(context.State, nodeKey);
    }

    public static void Store(StateOverlay state, in PublicKey nodeKey, AccessRequest request)
    {
        state.Put(StoreId.Market, Schema.Key(Schema.AccessRequest, nodeKey.Span), request.Encode());
        TimedQueue.Schedule(state, request.Due, TimedKind.AccessRequest, nodeKey.Span);
    }

    /// <summary>Ends a request, whatever came of it, and gives the deposit back.</summary>
    public static void Close(ExecutionContext context, in PublicKey nodeKey, AccessRequest request)
    {
        context.State.Delete(StoreId.Market, Schema.Key(Schema.AccessRequest, nodeKey.Span));
        TimedQueue.Cancel(context.State, request.Due, TimedKind.AccessRequest, nodeKey.Span);
        Payments.Pay(context, request.Sender, request.StorageDeposit);
    }

    internal static void Move(ExecutionContext context, byte[] id)
    {
        PublicKey nodeKey = PublicKey.From(id);
        if (Read(context.State, nodeKey) is not { } request || request.Due > context.Now) return;
        Close(context, nodeKey, request);
        context.Emit(RequestAccessRules.Ended(nodeKey, "expired"));
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).StorageDeposit;

    private static AccessRequest Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = AccessRequest.TryDecode(bytes, out AccessRequest request, out _);
        Invariant.Holds(isCanonical, "a stored access request is canonical");
        return request;
    }
}
