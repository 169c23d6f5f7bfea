using System.Collections.Generic;
using Chain.Node.Rpc.Server;

namespace Chain.Node.Rpc.Methods;

/// <summary>Subscriptions; each WebSocket session keeps its own.</summary>
internal static class SubscriptionMethods
{
    public static IEnumerable<RpcMethod> All =>
    [
        RpcMethod.Of("subscribe", ["query"], Subscribe) with { NeedsSocket = true },
        RpcMethod.Of("unsubscribe", ["query"], Unsubscribe) with { NeedsSocket = true },
        RpcMethod.Of("unsubscribe_all", [], UnsubscribeAll) with { NeedsSocket = true },
    ];

    private static RpcAnswer Subscribe(RpcCall call)
    {
        string text = call.Arguments.Text("query");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        if (!EventQuery.TryParse(text, out EventQuery query, out string why)) return RpcAnswer.Fail(RpcError.Internal(why));
        if (!query.NamesEvent)
        {
            return RpcAnswer.Fail(RpcError.Internal(
                "failed to parse query: it must name the event, as tm.event='NewBlock', 'NewBlockHeader' or 'Tx'"));
        }
        return call.Session!.Subscribe(call.Id, query) is { } refusal ? RpcAnswer.Fail(refusal) : RpcAnswer.Empty;
    }

    private static RpcAnswer Unsubscribe(RpcCall call)
    {
        string text = call.Arguments.Text("query");
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        return call.Session!.Unsubscribe(text) is { } refusal ? RpcAnswer.Fail(refusal) : RpcAnswer.Empty;
    }

    private static RpcAnswer UnsubscribeAll(RpcCall call)
    {
        call.Session!.RemoveAll();
        return RpcAnswer.Empty;
    }
}
