using System;
using System.Threading.Tasks;

namespace Chain.Node.Rpc;

/// <summary>One method of the server.</summary>
/// <param name="Parameters">Names in the order in which an array of parameters gives them.</param>
/// <param name="NeedsSocket">True for subscriptions, which exist over WebSocket alone.</param>
internal sealed record RpcMethod(
    string Name, string[] Parameters, Func<RpcCall, ValueTask<RpcAnswer>> InvokeAsync, bool NeedsSocket = false)
{
    /// <summary>A method that answers at once.</summary>
    public static RpcMethod Of(string name, string[] parameters, Func<RpcCall, RpcAnswer> invoke) =>
        new(name, parameters, call => ValueTask.FromResult(invoke(call)));
}
