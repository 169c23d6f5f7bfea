using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking;

/// <summary>
/// Who uses the network. For one peer the calls come one after the other, connected first and disconnected last; for several
/// peers they come at once. A handler that takes its time holds back that peer alone.
/// </summary>
public interface IPeerHandler
{
    /// <summary>The peer was admitted and may be sent to.</summary>
    void OnConnected(IPeer peer);

    /// <summary>A whole message came. The bytes stay valid; the peer's next message is read once the task has completed.</summary>
    ValueTask OnMessageAsync(IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation);

    /// <summary>The connection ended, whoever ended it. The peer may come back as a new <see cref="IPeer"/>.</summary>
    void OnDisconnected(IPeer peer);
}
