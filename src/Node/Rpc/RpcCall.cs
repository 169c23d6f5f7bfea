using System.Threading;
using Chain.Node.Rpc.Server;

namespace Chain.Node.Rpc;

/// <summary>One request to one method.</summary>
/// <param name="Id">The request id as raw JSON: an integer or a string.</param>
/// <param name="Session">The WebSocket connection it came over, if any.</param>
internal sealed record RpcCall(RpcArguments Arguments, string Id, SocketSession? Session, CancellationToken Cancellation);
