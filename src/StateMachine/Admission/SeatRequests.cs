using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Admission;

/// <summary>Load and store of requests for seats, by the provider's address.</summary>
public static class SeatRequests
{
    public static SeatRequest? Read(IStateReader state, in Address provider)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.SeatRequest, provider));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>The request brought to the block's time: one that is due goes now.</summary>
    public static SeatRequest? Load(ExecutionContext context, in Address provider)
    {
        Move(context, provider.ToArray());
        return Read(context.State, provider);
    }

    public static void Store(StateOverlay state, in Address provider, SeatRequest request)
    {
        state.Put(StoreId.Market, Schema.Key(Schema.SeatRequest, provider), request.Encode());
        TimedQueue.Schedule(state, request.Due, TimedKind.SeatRequest, provider.Span);
    }

    /// <summary>Ends a request, whatever came of it.</summary>
    public static void Close(ExecutionContext context, in Address provider, SeatRequest request)
    {
        context.State.Delete(StoreId.Market, Schema.Key(Schema.SeatRequest, provider));
        TimedQueue.Cancel(context.State, request.Due, TimedKind.SeatRequest, provider.Span);
    }

    internal static void Move(ExecutionContext context, byte[] id)
    {
        Address provider = Address.From(id);
        if (Read(context.State, provider) is not { } request || request.Due > context.Now) return;
        Close(context, provider, request);
        context.Emit(RequestSeatRules.Ended(provider, "expired"));
    }

    private static SeatRequest Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = SeatRequest.TryDecode(bytes, out SeatRequest request, out _);
        Invariant.Holds(isCanonical, "a stored seat request is canonical");
        return request;
    }
}
