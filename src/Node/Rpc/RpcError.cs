namespace Chain.Node.Rpc;

/// <summary>A JSON-RPC error. The message is constant for its code, as in CometBFT; <see cref="Data"/> holds the human text.</summary>
internal sealed record RpcError(int Code, string Message, string Data)
{
    public static readonly RpcError MethodNotFound = new(-32601, "Method not found", "");

    public static RpcError Parse(string why) => new(-32700, "Parse error. Invalid JSON", why);

    public static RpcError InvalidRequest(string why) => new(-32600, "Invalid Request", why);

    public static RpcError InvalidParams(string why) => new(-32602, "Invalid params", why);

    /// <summary>What CometBFT answers for every failure inside a method, such as a height that is not there.</summary>
    public static RpcError Internal(string why) => new(-32603, "Internal error", why);

    /// <summary>A fault that ends a subscription.</summary>
    public static RpcError Server(string why) => new(-32000, "Server error", why);
}
